package io.doos.worker.engine;

import com.sun.star.task.PasswordRequest;
import com.sun.star.task.XInteractionAbort;
import com.sun.star.task.XInteractionContinuation;
import com.sun.star.task.XInteractionHandler2;
import com.sun.star.task.XInteractionPassword;
import com.sun.star.task.XInteractionRequest;
import com.sun.star.uno.UnoRuntime;
import org.jspecify.annotations.Nullable;

/**
 * Answers what an office asks while it loads a document: a password once, if we have one; all else,
 * such as whether to repair it, with no. Called on a thread of the bridge.
 */
final class LoadQuestions implements XInteractionHandler2 {

  private final @Nullable String password;
  private boolean answered;
  private volatile boolean askedForPassword;

  LoadQuestions(@Nullable String password) {
    this.password = password;
  }

  boolean hasPassword() {
    return password != null;
  }

  /** Whether it asked for a password that we did not have. */
  boolean wantsPassword() {
    return askedForPassword;
  }

  @Override
  public boolean handleInteractionRequest(XInteractionRequest request) {
    answer(request);
    return true;
  }

  @Override
  public void handle(XInteractionRequest request) {
    answer(request);
  }

  private synchronized void answer(XInteractionRequest request) {
    var asksForPassword = request.getRequest() instanceof PasswordRequest;
    if (asksForPassword && password != null && !answered) {
      answered = true;
      for (var each : request.getContinuations()) {
        var give = UnoRuntime.queryInterface(XInteractionPassword.class, each);
        if (give != null) {
          give.setPassword(password);
          give.select();
          return;
        }
      }
    }
    askedForPassword |= asksForPassword;
    abort(request.getContinuations());
  }

  private static void abort(XInteractionContinuation[] choices) {
    for (var each : choices) {
      var abort = UnoRuntime.queryInterface(XInteractionAbort.class, each);
      if (abort != null) {
        abort.select();
        return;
      }
    }
  }
}
