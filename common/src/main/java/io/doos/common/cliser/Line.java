package io.doos.common.cliser;

/** A line of the protocol. Only {@link Grammar} knows how they are written. */
public sealed interface Line {

  /** Introduces: the version that this side speaks. */
  record Hello(String version) implements Line {

    /** The introduction of this implementation. */
    public static final Hello OURS = new Hello(Grammar.VERSION);

    /** Whether the major number is ours. */
    public boolean fits() {
      return major(version).equals(major(Grammar.VERSION));
    }

    private static String major(String version) {
      int dot = version.indexOf('.');
      return dot < 0 ? version : version.substring(0, dot);
    }
  }

  /** Shuts the session down. */
  record Bye() implements Line {}

  /** Confirms. */
  record Ok() implements Line {}

  /** Something is passed over. */
  record Warn(String text) implements Line {}

  /** Something failed. */
  record Err(String text) implements Line {}

  /** What the formatter says. */
  record Log(String level, String text) implements Line {}

  /** Sets an option for the documents to come. */
  record Set(String name, String value) implements Line {}

  /** Asks for a file of the client's. */
  record Query(String systemId) implements Line {}

  /**
   * Says that so many bytes follow.
   *
   * @param what a system identifier or a format
   */
  record Recv(long bytes, String what) implements Line {}
}
