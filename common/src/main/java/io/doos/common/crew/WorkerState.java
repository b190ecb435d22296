package io.doos.common.crew;

/** Where a worker is in its life. */
public enum WorkerState {
  /** Its first office is not ready yet. */
  STARTING,
  /** It takes jobs. */
  READY,
  /** It takes no more, gave back what no office had begun, and finishes what runs. */
  DRAINING,
  /** It takes no more until it is told to; what it had in hand it still does. */
  PAUSED,
  /** Its process is stopping. */
  STOPPING,
  /** Its last word: it is gone. */
  STOPPED
}
