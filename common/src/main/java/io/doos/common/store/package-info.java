/** The object store seam; the only package that knows the MinIO SDK. */
@NullMarked
package io.doos.common.store;

import org.jspecify.annotations.NullMarked;
