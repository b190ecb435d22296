package io.doos.common.uno;

import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Whoever has offices for UNO clients: a worker its own, a gateway those of the workers. */
public interface Places {

  /**
   * Takes an office for one client. Those who came earlier are served earlier.
   *
   * @param caller who asks, for logs, such as {@code 10.0.0.7:51234}
   * @param patience how long to wait for one at most; zero takes one that is free or none
   * @throws NoPlace when there is none
   */
  Place take(String caller, Duration patience) throws NoPlace, InterruptedException;

  /** How many clients can have an office at the same time; as far as is known. */
  int total();

  /** How many more could have one now; as far as is known. */
  int free();

  /** An office that is one client's. Given back exactly once. */
  interface Place {

    /** Names the office, such as {@code office-2.17}. */
    String office();

    /** Leads to the office, which expects URP from it. */
    SocketChannel channel();

    /**
     * Ends its use, whatever goes on in the office; never blocks for long. The channel is closed.
     */
    void giveBack(SessionEnd how);
  }

  /** There is no office for a client; the message says why and what to do. */
  final class NoPlace extends Exception {

    private final SessionEnd why;

    /**
     * @param why {@code BUSY}, {@code STOPPED} or {@code FAILED}
     */
    public NoPlace(SessionEnd why, String message) {
      super(message);
      this.why = why;
    }

    /** What the session ends with for it. */
    public SessionEnd why() {
      return why;
    }
  }
}
