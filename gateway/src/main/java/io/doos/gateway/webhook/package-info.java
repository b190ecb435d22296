/**
 * Tells of a job's end where its client asked for that. What is to be told lies in the store, so
 * any gateway tells it.
 */
@NullMarked
package io.doos.gateway.webhook;

import org.jspecify.annotations.NullMarked;
