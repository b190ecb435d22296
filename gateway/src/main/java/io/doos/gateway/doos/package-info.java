/**
 * The doos protocol: one request per connection, its checksum ahead of it, files inside. Framing
 * does no I/O.
 */
@NullMarked
package io.doos.gateway.doos;

import org.jspecify.annotations.NullMarked;
