/** The HTTP door: the {@code /v1} API over intake and results. */
@NullMarked
package io.doos.gateway.http;

import org.jspecify.annotations.NullMarked;
