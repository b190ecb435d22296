/** Tests of the doors over TCP. */
@NullMarked
package io.doos.gateway.tcp;

import org.jspecify.annotations.NullMarked;
