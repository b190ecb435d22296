/** The {@code doos} command. */
@NullMarked
package io.doos.deploy;

import org.jspecify.annotations.NullMarked;
