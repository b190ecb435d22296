package io.doos.common.ledger;

/** How a job's message came to the worker that begins the job: what a claim that is there means. */
public enum Arrival {
  /** For the first time: whoever claimed the job has a message of its own for it. */
  FRESH,
  /** Published again by a janitor, which may have been wrong: somebody may be at work. */
  RECOVERED,
  /** Once more: whoever had it before is gone, or takes itself for gone. */
  REDELIVERED
}
