package io.doos.worker.office;

/** Where a pool gets its offices from. */
@FunctionalInterface
interface OfficeSource {

  /**
   * Starts an office and waits until it answers.
   *
   * @param slot its place in the pool; two offices of one slot never live at the same time
   * @param generation counts the offices of a slot
   * @throws OfficeFailure when it does not come up; nothing of it is left then
   */
  LiveOffice start(int slot, int generation) throws OfficeFailure, InterruptedException;
}
