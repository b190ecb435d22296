package io.doos.worker.engine;

import com.sun.star.document.DocumentEvent;
import com.sun.star.document.XDocumentEventBroadcaster;
import com.sun.star.document.XDocumentEventListener;
import com.sun.star.lang.EventObject;
import com.sun.star.script.provider.ScriptFrameworkErrorException;
import java.util.Optional;

/**
 * Hears of a Basic error while the macro still stands. The office announces an error nobody handles
 * by a dialog over its Basic IDE, both unseen, and sends {@code DialogClosed} to global listeners
 * before it aborts the macro; it waits for them. In that moment {@code Err}, {@code Erl} and {@code
 * Error$} are the macro's.
 *
 * <p>Called by the thread that runs the macro, from within its call.
 */
final class ErrorWatch implements XDocumentEventListener, AutoCloseable {

  private static final String DIALOG_CLOSED = "DialogClosed";

  private final OfficeBasic basic;
  private final XDocumentEventBroadcaster events;
  private volatile boolean failed;
  private volatile Optional<BasicState> state = Optional.empty();

  private ErrorWatch(OfficeBasic basic, XDocumentEventBroadcaster events) {
    this.basic = basic;
    this.events = events;
  }

  /** Watches until it is closed. */
  static ErrorWatch open(OfficeBasic basic) {
    var events = events(basic);
    var watch = new ErrorWatch(basic, events);
    events.addDocumentEventListener(watch);
    return watch;
  }

  static XDocumentEventBroadcaster events(OfficeBasic basic) {
    return OfficeBasic.query(
        XDocumentEventBroadcaster.class,
        basic.context().getValueByName("/singletons/com.sun.star.frame.theGlobalEventBroadcaster"));
  }

  /** Whether a Basic error ended the macro. */
  boolean failed() {
    return failed;
  }

  /** The state at the first error; empty when Basic could not run then. */
  Optional<BasicState> state() {
    return state;
  }

  @Override
  public void documentEventOccured(DocumentEvent event) {
    // a MsgBox of the macro closes a dialog too, but without the IDE behind it
    if (failed || !event.EventName.equals(DIALOG_CLOSED) || !BasicIde.isOpen(basic)) {
      return;
    }
    failed = true;
    try {
      state = BasicState.read(basic);
    } catch (ScriptFrameworkErrorException e) {
      state = Optional.empty();
    }
  }

  @Override
  public void disposing(EventObject source) {}

  @Override
  public void close() {
    events.removeDocumentEventListener(this);
  }
}
