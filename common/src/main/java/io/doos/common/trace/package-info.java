/** Tells of jobs as traces; the only user of OpenTelemetry. */
@NullMarked
package io.doos.common.trace;

import org.jspecify.annotations.NullMarked;
