package io.doos.gateway.doos;

import java.net.InetAddress;

/** Decides what a request gets for an answer; called by many sessions at once. */
interface RequestHandler {

  /**
   * Answers a request whose checksum was right; whoever calls closes the reply.
   *
   * @throws InterruptedException when the server gives the session up
   * @throws java.io.IOException when a spool fails
   */
  Reply answer(Request request) throws InterruptedException, java.io.IOException;

  /** Whether anybody may connect from there; others are told so before they have said anything. */
  default boolean allows(InetAddress address) {
    return true;
  }
}
