/** Starting and stopping. */
@NullMarked
package io.doos.common.life;

import org.jspecify.annotations.NullMarked;
