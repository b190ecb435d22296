package io.doos.gateway.doos;

import io.doos.gateway.access.Credentials;
import java.net.InetAddress;
import java.util.Optional;

/** Decides what a request gets for an answer; called by many sessions at once. */
interface RequestHandler {

  /**
   * Answers a request whose checksum was right; whoever calls closes the reply.
   *
   * @throws InterruptedException when the server gives the session up
   * @throws java.io.IOException when a spool fails
   */
  Reply answer(Request request) throws InterruptedException, java.io.IOException;

  /**
   * What to tell a client who shows that and will not be let in, whatever else it sends. Asked
   * before the request is whole, so that strangers fill no disk; who is not refused is asked again.
   */
  default Optional<String> refuses(Credentials credentials) {
    return Optional.empty();
  }

  /** Whether anybody may connect from there; others are told so before they have said anything. */
  default boolean allows(InetAddress address) {
    return true;
  }
}
