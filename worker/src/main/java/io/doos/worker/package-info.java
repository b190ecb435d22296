/** A worker: takes jobs, keeps offices. */
@NullMarked
package io.doos.worker;

import org.jspecify.annotations.NullMarked;
