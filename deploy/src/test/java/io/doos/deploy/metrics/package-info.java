/** What hangs in Grafana and Prometheus names what the farm really exports. */
@NullMarked
package io.doos.deploy.metrics;

import org.jspecify.annotations.NullMarked;
