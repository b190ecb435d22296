/** Keeps formatters warm, each a process in a jail, and formats XSL-FO documents in them. */
@NullMarked
package io.doos.worker.format;

import org.jspecify.annotations.NullMarked;
