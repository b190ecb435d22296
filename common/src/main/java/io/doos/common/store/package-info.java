/** The object store seam; the only package that knows the HTTP client. */
@NullMarked
package io.doos.common.store;

import org.jspecify.annotations.NullMarked;
