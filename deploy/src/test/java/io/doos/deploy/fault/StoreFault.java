package io.doos.deploy.fault;

/** What an S3 store can do to a request. */
public enum StoreFault {
  /** Answers as it should. */
  NONE,
  /** Does nothing and answers 503. */
  BUSY,
  /** Does what was asked and answers 503. */
  BUSY_AFTER_COMMIT,
  /** Does what was asked and answers nothing until the client gives up. */
  STALL,
  /** Does what was asked and hangs up in the middle of the answer. */
  TRUNCATE
}
