package io.doos.gateway.tcp;

/** A client at a door, from its connection to its close. On a thread of its own. */
public interface Visit {

  /** Serves the client, and closes the connection. */
  void serve();

  /** Tells the client why it is not served, and closes the connection. */
  void refuse(Refused why);

  /**
   * The door is about to stop: cuts the connection unless something of the client's is under way.
   * May be called by any thread, also before and after the others.
   */
  void cutIfIdle();
}
