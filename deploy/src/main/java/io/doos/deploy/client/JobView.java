package io.doos.deploy.client;

import io.doos.common.job.Ticket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a job is doing, as a client sees it.
 *
 * @param lines the lines of the job's {@code status.txt}, such as {@code timeEntered} and {@code
 *     error}; empty where the farm sends none
 */
public record JobView(Ticket ticket, Word word, Map<String, String> lines) {

  /** The protocol's four words for a job's state. */
  public enum Word {
    ENQUEUED("queued"),
    DEQUEUED("running"),
    DONE("done"),
    ERROR("failed");

    private final String shown;

    Word(String shown) {
      this.shown = shown;
    }

    /** What people call it. */
    public String shown() {
      return shown;
    }

    /** Whether nothing can change it any more. */
    public boolean isFinal() {
      return this == DONE || this == ERROR;
    }

    static Optional<Word> of(String text) {
      return switch (text) {
        case "Enqueued" -> Optional.of(ENQUEUED);
        case "Dequeued" -> Optional.of(DEQUEUED);
        case "Done" -> Optional.of(DONE);
        case "Error" -> Optional.of(ERROR);
        default -> Optional.empty();
      };
    }
  }

  static JobView of(Ticket ticket, Word word, String statusText) {
    var lines = new LinkedHashMap<String, String>();
    for (var line : statusText.lines().toList()) {
      var colon = line.indexOf(':');
      if (colon > 0) {
        lines.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    return new JobView(ticket, word, java.util.Collections.unmodifiableMap(lines));
  }

  /** Why it failed, in one line, where the farm says so. */
  public Optional<String> error() {
    return Optional.ofNullable(lines.get("error"));
  }
}
