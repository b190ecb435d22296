/**
 * The doos protocol: one request per connection, its checksum ahead of it, files inside. Framing
 * does no I/O; sockets are in {@code Connection} only.
 */
@NullMarked
package io.doos.gateway.doos;

import org.jspecify.annotations.NullMarked;
