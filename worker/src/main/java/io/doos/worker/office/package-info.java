/** Keeps jailed offices ready; knows no job, queue or store. */
@NullMarked
package io.doos.worker.office;

import org.jspecify.annotations.NullMarked;
