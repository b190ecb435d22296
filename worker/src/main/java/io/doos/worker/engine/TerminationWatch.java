package io.doos.worker.engine;

import com.sun.star.frame.XTerminateListener;
import com.sun.star.lang.EventObject;

/**
 * Notices that the office ends because it was told to. The macro that told it may well return
 * before the process has gone.
 */
final class TerminationWatch implements XTerminateListener {

  private volatile boolean ending;

  boolean ending() {
    return ending;
  }

  @Override
  public void queryTermination(EventObject event) {}

  @Override
  public void notifyTermination(EventObject event) {
    ending = true;
  }

  @Override
  public void disposing(EventObject source) {}
}
