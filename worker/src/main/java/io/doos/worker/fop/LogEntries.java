package io.doos.worker.fop;

import io.doos.worker.fop.FormatReply.Level;
import io.doos.worker.fop.FormatReply.Log;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.fop.events.Event;
import org.apache.fop.events.EventFormatter;
import org.apache.fop.events.model.EventSeverity;
import org.jspecify.annotations.Nullable;

/** What FOP tells, as log entries; a page's are few, a hostile document's without end. */
final class LogEntries {
  private static final Set<String> BROKEN_IMAGE =
      Set.of(
          "org.apache.fop.ResourceEventProducer.imageNotFound",
          "org.apache.fop.ResourceEventProducer.imageError",
          "org.apache.fop.ResourceEventProducer.imageIOError",
          "org.apache.fop.ResourceEventProducer.imageWritingError",
          "org.apache.fop.ResourceEventProducer.uriError");

  private static final int MOST_ENTRIES = 1_000;

  private final Consumer<Log> log;
  private int count;
  private @Nullable String brokenImage;

  LogEntries(Consumer<Log> log) {
    this.log = log;
  }

  void heard(Event event, JobResources resources) {
    var text = EventFormatter.format(event, Locale.ENGLISH);
    if (BROKEN_IMAGE.contains(event.getEventID())) {
      text += why(event, resources);
      if (brokenImage == null) {
        brokenImage = text;
      }
    }
    add(level(event.getSeverity()), text);
  }

  /** FOP says what is missing, and not why. */
  private static String why(Event event, JobResources resources) {
    return event.getParam("uri") instanceof String uri
        ? resources.whyNotFetched(uri).map(why -> " It " + why).orElse("")
        : "";
  }

  /** The first image that was missing or broken. */
  Optional<String> brokenImage() {
    return Optional.ofNullable(brokenImage);
  }

  void broken(String why) {
    if (brokenImage == null) {
      brokenImage = why;
    }
    add(Level.ERROR, "A drawing has a hole: " + why);
  }

  void add(Level level, String text) {
    count++;
    if (count <= MOST_ENTRIES) {
      try {
        log.accept(new Log(level, text.replaceAll("\\s+", " ").strip()));
      } catch (UncheckedIOException e) {
        throw new IllegalStateException("nobody listens", e);
      }
    } else if (count == MOST_ENTRIES + 1) {
      log.accept(new Log(Level.WARN, "There is more to tell, which is left out"));
    }
  }

  private static Level level(EventSeverity severity) {
    if (severity == EventSeverity.INFO) {
      return Level.INFO;
    }
    return severity == EventSeverity.WARN ? Level.WARN : Level.ERROR;
  }
}
