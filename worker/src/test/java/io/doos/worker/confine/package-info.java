/** Tests of what the kernel is told to keep processes from. */
@NullMarked
package io.doos.worker.confine;

import org.jspecify.annotations.NullMarked;
