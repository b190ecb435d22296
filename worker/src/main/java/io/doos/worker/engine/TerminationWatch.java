package io.doos.worker.engine;

import com.sun.star.frame.XDesktop;
import com.sun.star.frame.XTerminateListener;
import com.sun.star.lang.EventObject;

/**
 * Notices that the office ends because it was told to. The macro that told it may well return
 * before the process has gone.
 */
final class TerminationWatch implements XTerminateListener, AutoCloseable {

  private final XDesktop desktop;
  private volatile boolean ending;

  private TerminationWatch(XDesktop desktop) {
    this.desktop = desktop;
  }

  /** Watches until it is closed. */
  static TerminationWatch open(OfficeBasic basic) {
    var desktop = basic.service(XDesktop.class, "com.sun.star.frame.Desktop");
    var watch = new TerminationWatch(desktop);
    desktop.addTerminateListener(watch);
    return watch;
  }

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

  @Override
  public void close() {
    if (!ending) {
      desktop.removeTerminateListener(this);
    }
  }
}
