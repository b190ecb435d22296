package io.doos.gateway.cliser;

import io.doos.common.format.PageFormat;
import io.doos.common.format.SystemId;
import io.doos.gateway.spool.Slice;
import io.doos.gateway.spool.Spool;
import io.doos.gateway.spool.SpoolSpace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a job of kind format left, taken out of its zip.
 *
 * @param content the first file of pages; empty when there are none
 * @param more how many files of pages there are beside it
 * @param log what the formatter said, each entry a level and a text
 * @param missing what the document needs and did not have
 */
record Pages(Spool content, int more, List<Entry> log, List<SystemId> missing)
    implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(Pages.class);

  private static final String LOG = "format.log";
  private static final String MISSING = "missing.txt";
  private static final int MOST_LINES = 5_000;

  /** Something that the formatter said. */
  record Entry(String level, String text) {}

  /** Takes a result apart. */
  static Pages of(Slice zip, PageFormat format, SpoolSpace space) throws IOException {
    var content = space.spool();
    var log = new ArrayList<Entry>();
    var missing = new ArrayList<SystemId>();
    var pages = new ArrayList<String>();
    try (var entries = new ZipInputStream(zip.open())) {
      for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        switch (entry.getName()) {
          case LOG -> lines(entries).forEach(line -> log.add(entry(line)));
          case MISSING -> lines(entries).forEach(line -> name(line, missing));
          default -> {
            if (entry.getName().endsWith("." + format.extension())) {
              pages.add(entry.getName());
              if (isFirst(entry.getName())) {
                entries.transferTo(content.sink());
              }
            }
          }
        }
      }
      return new Pages(content, Math.max(0, pages.size() - 1), log, missing);
    } catch (IOException | RuntimeException e) {
      content.close();
      throw e;
    }
  }

  /** Apache FOP numbers the files of further pages from 2 on. */
  private static boolean isFirst(String name) {
    int dot = name.lastIndexOf('.');
    return !Character.isDigit(name.charAt(Math.max(0, dot - 1)));
  }

  private static List<String> lines(InputStream in) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    var lines = new ArrayList<String>();
    for (var line = reader.readLine();
        line != null && lines.size() < MOST_LINES;
        line = reader.readLine()) {
      lines.add(line);
    }
    return lines;
  }

  private static Entry entry(String line) {
    int blank = line.indexOf(' ');
    return blank < 0
        ? new Entry("info", line)
        : new Entry(
            line.substring(0, blank).toLowerCase(java.util.Locale.ROOT), line.substring(blank + 1));
  }

  private static void name(String line, List<SystemId> into) {
    SystemId.parse(line)
        .ifPresentOrElse(into::add, () -> logger.debug("'{}' is no name to ask for", line));
  }

  @Override
  public void close() {
    content.close();
  }
}
