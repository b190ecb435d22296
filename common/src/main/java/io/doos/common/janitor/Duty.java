package io.doos.common.janitor;

import io.doos.common.store.StoreFailure;

/** What is done in a turn. */
interface Duty {

  /**
   * Does all of it, or as much as the turn allows. What was done when it fails stays done, and
   * doing it again does no harm.
   */
  void perform(Rota.Turn turn) throws StoreFailure, InterruptedException;
}
