/**
 * The formatter's own process: the only user of Apache FOP. Runs in a jail, and knows nothing of
 * the rest of the worker.
 */
@NullMarked
package io.doos.worker.fop;

import org.jspecify.annotations.NullMarked;
