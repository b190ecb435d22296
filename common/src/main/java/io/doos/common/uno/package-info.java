/** The UNO door: clients that talk UNO get an office of their own, wherever that is. */
@NullMarked
package io.doos.common.uno;

import org.jspecify.annotations.NullMarked;
