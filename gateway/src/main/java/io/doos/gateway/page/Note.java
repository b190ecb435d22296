package io.doos.gateway.page;

import java.util.Arrays;
import java.util.Optional;

/** What a page says after something was done. */
enum Note {
  PAUSE("They were told to pause: they take no more jobs and do what they have in hand."),
  DRAIN("They were told to drain: what no office had begun goes back, what runs is finished."),
  RESUME("They were told to take jobs again."),
  CANCELLED("The job is cancelled; a worker that runs it stops within seconds."),
  TOO_LATE("The job had ended before."),
  DELETED("The job and all it left are deleted."),
  RESUBMITTED("This is the same job once more, under a ticket of its own."),
  REQUEUED("The message is back in a queue."),
  REMOVED("The message is deleted."),
  GONE("It was not there any more.");

  private final String text;

  Note(String text) {
    this.text = text;
  }

  /** The place with this note on it. */
  String on(String path) {
    return path + "?note=" + name();
  }

  static Html html(Optional<String> name) {
    return Html.maybe(
        name.flatMap(wanted ->
                Arrays.stream(values()).filter(note -> note.name().equals(wanted)).findFirst())
            .map(note -> Html.of("<p class=\"said\" role=\"status\">{}</p>", note.text)));
  }
}
