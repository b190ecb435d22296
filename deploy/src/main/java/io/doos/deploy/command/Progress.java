package io.doos.deploy.command;

import java.io.PrintWriter;
import java.time.Duration;

/** Shows how a job is doing while somebody waits for it. One thread's. */
sealed interface Progress {

  /** The job is {@code state} after {@code elapsed}; may be called as often as one likes. */
  void show(String state, Duration elapsed);

  /** No more to show. */
  void end();

  /** On a terminal: one line, rewritten. */
  final class LiveLine implements Progress {
    private static final String CLEAR_REST_OF_LINE = "\u001b[K";

    private final PrintWriter out;
    private boolean isOpen;

    LiveLine(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void show(String state, Duration elapsed) {
      out.print("\r" + state + ", " + elapsed.toSeconds() + " s" + CLEAR_REST_OF_LINE);
      out.flush();
      isOpen = true;
    }

    @Override
    public void end() {
      if (isOpen) {
        out.println();
        isOpen = false;
      }
    }
  }

  /** Into a pipe or a file: a line for each new state. */
  final class PlainLines implements Progress {
    private final PrintWriter out;
    private String shown = "";

    PlainLines(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void show(String state, Duration elapsed) {
      if (!state.equals(shown)) {
        out.printf("%s, %d.%d s%n", state, elapsed.toSeconds(), elapsed.toMillisPart() / 100);
        out.flush();
        shown = state;
      }
    }

    @Override
    public void end() {}
  }
}
