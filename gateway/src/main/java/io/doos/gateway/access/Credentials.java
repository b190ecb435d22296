package io.doos.gateway.access;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What somebody at a door shows. Its text shows no token.
 *
 * @param address where they come from
 * @param token as they sent it
 * @param certificate the common name in a certificate of theirs that our client authority signed
 *     and whose key they were seen to have
 */
public record Credentials(
    InetAddress address, Optional<String> token, Optional<String> certificate) {

  @Override
  public String toString() {
    return "%s with%s%s"
        .formatted(
            address.getHostAddress(),
            token.isPresent() ? " a token" : "out a token",
            certificate.map(name -> " and the certificate of " + name).orElse(""));
  }
}
