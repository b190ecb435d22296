/** The gateway, composed of its doors and the one intake behind them. */
@NullMarked
package io.doos.gateway;

import org.jspecify.annotations.NullMarked;
