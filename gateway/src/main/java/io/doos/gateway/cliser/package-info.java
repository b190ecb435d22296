/** The CLISER door: XSL-FO in, pages out, images asked back over the same connection. */
@NullMarked
package io.doos.gateway.cliser;

import org.jspecify.annotations.NullMarked;
