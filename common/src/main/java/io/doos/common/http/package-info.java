/**
 * A small HTTP server: routes, JSON answers, problems (RFC 9457). The only package that knows the
 * server's library, Jetty.
 */
@NullMarked
package io.doos.common.http;

import org.jspecify.annotations.NullMarked;
