/** The queue over a real RabbitMQ. */
@NullMarked
package io.doos.deploy.broker;

import org.jspecify.annotations.NullMarked;
