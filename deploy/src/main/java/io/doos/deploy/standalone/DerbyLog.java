package io.doos.deploy.standalone;

import java.io.Writer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Derby writes what it does: to our own log at DEBUG, and not to a file {@code derby.log} in
 * the working directory. What fails it tells Qpid too, which says so at its own level.
 */
public final class DerbyLog extends Writer {

  private static final Logger log = LoggerFactory.getLogger(DerbyLog.class);
  private static final String WRITER_PROPERTY = "derby.stream.error.method";

  private final StringBuilder line = new StringBuilder();

  private DerbyLog() {}

  /** Makes Derby, which knows only a system property, write here when it starts. */
  static void install() {
    System.setProperty(WRITER_PROPERTY, DerbyLog.class.getName() + ".writer");
  }

  /** Called by Derby. */
  public static Writer writer() {
    return new DerbyLog();
  }

  @Override
  public void write(char[] text, int offset, int length) {
    synchronized (line) {
      line.append(text, offset, length);
    }
  }

  @Override
  public void flush() {
    synchronized (line) {
      var written = line.toString().strip();
      line.setLength(0);
      if (!written.isEmpty()) {
        log.debug("{}", written);
      }
    }
  }

  @Override
  public void close() {
    flush();
  }
}
