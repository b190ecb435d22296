package io.doos.gateway.tcp;

import io.doos.gateway.access.Credentials;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Who is at the other end of a connection.
 *
 * @param certificate the common name of the certificate that they showed over TLS
 */
public record Peer(InetAddress address, Optional<String> certificate) {

  /** What they show to be let in, with the token that they sent. */
  public Credentials showing(Optional<String> token) {
    return new Credentials(address, token, certificate);
  }
}
