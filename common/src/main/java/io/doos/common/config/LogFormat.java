package io.doos.common.config;

/** How an event is logged. */
public enum LogFormat {
  /** A line for people. */
  TEXT,
  /** A JSON object in a line, for programs. */
  JSON
}
