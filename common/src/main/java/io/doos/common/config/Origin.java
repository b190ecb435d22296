package io.doos.common.config;

import java.nio.file.Path;

/** Where the value of a setting came from. */
public sealed interface Origin {

  /** Built in. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /**
   * A settings file.
   *
   * @param line from 1
   */
  record File(Path path, int line) implements Origin {
    @Override
    public String toString() {
      return path + " line " + line;
    }
  }

  /** An environment variable. */
  record Environment(String variable) implements Origin {
    @Override
    public String toString() {
      return "environment variable " + variable;
    }
  }

  /** The command line. */
  record Option() implements Origin {
    @Override
    public String toString() {
      return "option";
    }
  }

  /** Set by the program itself, such as the address of an embedded part. */
  record Program() implements Origin {
    @Override
    public String toString() {
      return "program";
    }
  }
}
