/** The farm's UNO door: the workers' offices, as clients of a gateway take them. */
@NullMarked
package io.doos.gateway.uno;

import org.jspecify.annotations.NullMarked;
