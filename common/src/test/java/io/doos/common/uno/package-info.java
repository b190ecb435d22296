/** Tests of the UNO door. */
@NullMarked
package io.doos.common.uno;

import org.jspecify.annotations.NullMarked;
