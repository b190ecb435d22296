package io.doos.gateway.tcp;

import java.net.InetAddress;

/** What a protocol does with those who come to its door. */
public interface Reception {

  /**
   * Whether anybody may come from there; called by the thread that accepts, so it waits for
   * nothing.
   */
  boolean allows(InetAddress address);

  /** What becomes of a client; whatever it is asked to do then happens on another thread. */
  Visit visit(Connection connection);
}
