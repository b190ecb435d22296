package io.doos.common.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The old server's {@code status.txt}: a line each, ended by a line feed, for what has happened so
 * far.
 */
public final class StatusText {

  private StatusText() {}

  public static String of(Status status) {
    var text = new StringBuilder();
    var times = status.times();
    line(text, "timeEntered", times.enteredAt());
    line(text, "timeDequeued", times.startedAt());
    line(text, status.state() == State.DONE ? "timeCompleted" : "timeFailed", times.finishedAt());
    if (status.error() != null) {
      text.append("error:").append(status.error().oneLine()).append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, @Nullable Instant at) {
    if (at != null) {
      text.append(name).append(':').append(at).append('\n');
    }
  }
}
