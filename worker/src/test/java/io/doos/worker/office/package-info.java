/** Tests of the offices. */
@NullMarked
package io.doos.worker.office;

import org.jspecify.annotations.NullMarked;
