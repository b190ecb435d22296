/**
 * What gateway, worker and the formatter's own process agree on about XSL-FO documents: formats,
 * options, and how a document's references are named.
 */
@NullMarked
package io.doos.common.format;

import org.jspecify.annotations.NullMarked;
