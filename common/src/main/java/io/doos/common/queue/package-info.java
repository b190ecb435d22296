/**
 * How jobs travel: topology, publishing, deliveries, events, hints; the only package that knows the
 * RabbitMQ client.
 */
@NullMarked
package io.doos.common.queue;

import org.jspecify.annotations.NullMarked;
