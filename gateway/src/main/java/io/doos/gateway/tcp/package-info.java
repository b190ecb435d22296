/**
 * Doors of protocols over TCP: who accepts clients, plain or under TLS, gives each a place and a
 * thread, and stops. Knows no protocol. Sockets are in {@code Connection} only.
 */
@NullMarked
package io.doos.gateway.tcp;

import org.jspecify.annotations.NullMarked;
