package io.doos.common.config;

/** The least severe events that are logged. */
public enum LogLevel {
  /** Something is lost or stopped. */
  ERROR,
  /** Something went wrong and was survived. */
  WARN,
  /** What the farm does. */
  INFO,
  /** How it does it. */
  DEBUG,
  /** Every step. */
  TRACE
}
