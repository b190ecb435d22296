/** Who is at a door, and what they may do: decided here, applied at the doors. */
@NullMarked
package io.doos.gateway.access;

import org.jspecify.annotations.NullMarked;
