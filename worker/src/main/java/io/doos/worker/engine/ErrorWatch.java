package io.doos.worker.engine;

import com.sun.star.document.DocumentEvent;
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
final class ErrorWatch {

  private static final String DIALOG_CLOSED = "DialogClosed";

  private final OfficeBasic basic;
  private volatile boolean watching;
  private volatile boolean failed;
  private volatile Optional<BasicState> state = Optional.empty();

  /** Hears of nothing until {@link #begin}. */
  ErrorWatch(OfficeBasic basic) {
    this.basic = basic;
  }

  /** Forgets what it heard, and listens. */
  void begin() {
    failed = false;
    state = Optional.empty();
    watching = true;
  }

  /** Listens no more; keeps what it heard. */
  void end() {
    watching = false;
  }

  /** Whether a Basic error ended the macro. */
  boolean failed() {
    return failed;
  }

  /** The state at the first error; empty when Basic could not run then. */
  Optional<BasicState> state() {
    return state;
  }

  /** Hears of an event of any document, or of a dialog. */
  void hear(DocumentEvent event) {
    // a MsgBox of the macro closes a dialog too, but without the IDE behind it
    if (!watching || failed || !event.EventName.equals(DIALOG_CLOSED) || !BasicIde.isOpen(basic)) {
      return;
    }
    failed = true;
    try {
      state = BasicState.read(basic);
    } catch (ScriptFrameworkErrorException e) {
      state = Optional.empty();
    }
  }
}
