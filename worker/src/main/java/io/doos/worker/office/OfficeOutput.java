package io.doos.worker.office;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an office writes to its standard output and error: logged at debug, and its last lines kept.
 * Bounded: a macro that writes without end fills neither the log nor the heap.
 */
final class OfficeOutput {

  private static final Logger log = LoggerFactory.getLogger(OfficeOutput.class);

  private static final int LINE_BYTES = 500;
  private static final int LOGGED_LINES = 500;
  private static final int KEPT_LINES = 20;

  /** Its process has ended when it is asked, but what that has started may hold the pipe open. */
  private static final long ENDS_WITHIN_MS = 5000;

  private final String name;
  private final Deque<String> last = new ArrayDeque<>();
  private final Thread reader;
  private int lines;
  private boolean badAlloc;

  /** Reads {@code from} to its end on a thread of its own. */
  OfficeOutput(String name, InputStream from) {
    this.name = name;
    // a platform thread: a read of a pipe would pin a virtual thread's carrier for hours
    this.reader = Thread.ofPlatform().daemon().name(name + "-output").start(() -> read(from));
  }

  private void read(InputStream from) {
    var line = new byte[LINE_BYTES];
    var length = 0;
    try (var in = new BufferedInputStream(from, 4096)) {
      for (var b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          keep(line, length);
          length = 0;
        } else if (length < LINE_BYTES) {
          line[length++] = (byte) b;
        }
      }
    } catch (IOException e) {
      log.debug("{}: its output ended: {}", name, e.toString());
    }
    keep(line, length);
  }

  private synchronized void keep(byte[] line, int length) {
    if (length == 0) {
      return;
    }
    var text = new String(line, 0, length, StandardCharsets.UTF_8);
    badAlloc |= text.contains("bad_alloc");
    last.add(text);
    if (last.size() > KEPT_LINES) {
      last.remove();
    }
    lines++;
    if (lines <= LOGGED_LINES) {
      log.debug("{}: {}", name, text);
    } else if (lines == LOGGED_LINES + 1) {
      log.debug("{}: says too much; its further output is dropped", name);
    }
  }

  /** Whether it ever said that an allocation failed; to be asked once its process has ended. */
  boolean saysOutOfMemory() throws InterruptedException {
    reader.join(ENDS_WITHIN_MS);
    synchronized (this) {
      return badAlloc;
    }
  }

  /** Its last lines; whole once its process has ended. */
  String last() throws InterruptedException {
    reader.join(ENDS_WITHIN_MS);
    synchronized (this) {
      return String.join("\n", last);
    }
  }
}
