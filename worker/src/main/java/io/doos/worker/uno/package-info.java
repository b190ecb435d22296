/** A worker's offices as UNO clients take them. */
@NullMarked
package io.doos.worker.uno;

import org.jspecify.annotations.NullMarked;
