package io.doos.deploy.command;

import io.doos.common.status.State;
import io.doos.deploy.client.JobView;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How jobs and files are told, to people and to programs. */
final class Answers {

  private Answers() {}

  /** What is known of a job, for {@code --json}. */
  static Map<String, Object> fields(JobView view) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("ticket", view.ticket().value());
    fields.put("state", state(view).name());
    fields.putAll(view.lines());
    return fields;
  }

  /**
   * The protocol has one word for all that did not end well; the error line begins with the code.
   */
  private static State state(JobView view) {
    return switch (view.word()) {
      case ENQUEUED -> State.ENQUEUED;
      case DEQUEUED -> State.RUNNING;
      case DONE -> State.DONE;
      case ERROR ->
          Stream.of(State.CANCELLED, State.EXPIRED)
              .filter(state -> view.error().orElse("").startsWith(state.name()))
              .findFirst()
              .orElse(State.FAILED);
    };
  }

  /** The files of a result, for {@code --json}. */
  static List<Map<String, Object>> fields(ResultFiles files) {
    var list = new ArrayList<Map<String, Object>>();
    for (var file : files.written()) {
      list.add(Map.of("path", file.path().toString(), "bytes", file.bytes()));
    }
    return list;
  }

  /** The files of a result with their sizes, a line each. */
  static void tell(ResultFiles files, PrintWriter out) {
    if (files.written().isEmpty()) {
      out.println("The job left no files.");
    }
    for (var file : files.written()) {
      out.println(printable(file.path().toString()) + "  " + size(file.bytes()));
    }
  }

  /** The names that were not written, a line each. */
  static void tellRefused(ResultFiles files, PrintWriter err) {
    for (var name : files.refused()) {
      err.println("doos: left out a file whose name cannot be used here: " + printable(name));
    }
  }

  /** Text from elsewhere, made harmless for a terminal. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  /** An amount of bytes in the unit that reads best. */
  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    return bytes < 1024 * 1024
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
  }
}
