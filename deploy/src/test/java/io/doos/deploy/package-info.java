/** Whole farms under test, and the rules of the house. */
@NullMarked
package io.doos.deploy;

import org.jspecify.annotations.NullMarked;
