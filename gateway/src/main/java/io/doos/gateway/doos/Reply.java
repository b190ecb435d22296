package io.doos.gateway.doos;

import io.doos.gateway.spool.Spool;

/** What a session answers. */
sealed interface Reply extends AutoCloseable {

  /** A payload small enough for memory. */
  record Text(String payload) implements Reply {
    @Override
    public void close() {}
  }

  /**
   * A payload that was spooled first because its checksum goes ahead of it.
   *
   * @param sha1 lowercase hex over the payload
   */
  record Spooled(Spool payload, String sha1) implements Reply {
    @Override
    public void close() {
      payload.close();
    }
  }

  /** A text after which the process is to stop. */
  record Farewell(String payload) implements Reply {
    @Override
    public void close() {}
  }

  @Override
  void close();
}
