/** Tests of the farm's UNO door. */
@NullMarked
package io.doos.gateway.uno;

import org.jspecify.annotations.NullMarked;
