package io.doos.deploy.client;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a client comes in.
 *
 * @param token that the farm knows it by, if it has one
 * @param tls whom it believes to be the farm, where it speaks TLS
 */
public record Entrance(Optional<String> token, Optional<SSLContext> tls) {

  /** Plainly, and without a token. */
  public static final Entrance OPEN = new Entrance(Optional.empty(), Optional.empty());

  /**
   * The arguments with the token.
   *
   * @throws ClientFailure.BadRequest when the protocol cannot carry it
   */
  String with(String arguments) throws ClientFailure.BadRequest {
    if (token.isEmpty()) {
      return arguments;
    }
    if (!token.get().matches("[^;:\\s\\p{Cntrl}]+")) {
      throw new ClientFailure.BadRequest("The token is none that a farm gives out.", null);
    }
    return arguments + ";token=" + token.get();
  }

  /** Shows no token. */
  @Override
  public String toString() {
    return (token.isPresent() ? "with" : "without") + " a token" + (tls.isPresent() ? ", TLS" : "");
  }
}
