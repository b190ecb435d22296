package io.doos.common.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes server-sent events, in the form of the HTML standard. For one thread at a time. */
public final class EventSink {

  private final OutputStream target;

  EventSink(OutputStream target) {
    this.target = target;
  }

  /**
   * Sends an event at once.
   *
   * @param id what the client says as {@code Last-Event-ID} when it comes again; one line
   * @param event its name; one line
   * @param data text of any number of lines
   */
  public void send(String id, String event, String data) throws IOException {
    var text = new StringBuilder();
    text.append("id: ").append(oneLine(id)).append('\n');
    text.append("event: ").append(oneLine(event)).append('\n');
    data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    write(text.append('\n').toString());
  }

  /** Sends what clients pass over; fails when the client is gone. */
  public void heartbeat() throws IOException {
    write(":\n\n");
  }

  private void write(String text) throws IOException {
    target.write(text.getBytes(StandardCharsets.UTF_8));
    target.flush();
  }

  private static String oneLine(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a control character in the field of an event");
    }
    return text;
  }
}
