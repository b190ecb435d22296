package io.doos.worker.office;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** What a borrower holds; given back once, however often it is closed. */
final class Lease implements OfficeLease {

  private final Office office;
  private final Consumer<Boolean> giveBack;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private volatile boolean fit = true;

  /**
   * @param giveBack told whether the office may serve others
   */
  Lease(Office office, Consumer<Boolean> giveBack) {
    this.office = office;
    this.giveBack = giveBack;
  }

  @Override
  public Office office() {
    return office;
  }

  @Override
  public void spoil() {
    fit = false;
  }

  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      giveBack.accept(fit);
    }
  }
}
