package io.doos.worker.format;

import io.doos.common.job.Work;
import io.doos.worker.engine.EngineResult;
import io.doos.worker.office.FolderTree;
import io.doos.worker.office.OfficeSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import javax.xml.parsers.SAXParserFactory;
import org.apache.fop.apps.FopFactoryBuilder;

/**
 * Measures warm formatters against Apache FOP in this process, in turns, so that whatever else the
 * machine does hits both. Not a test: run its main method.
 */
public final class FormatBench {

  /** Until both have compiled what they will: the formatter's successor included. */
  private static final int WARM_UP = 3_000;

  private static final int ROUNDS = 60;
  private static final int DOCUMENTS = 10;

  private FormatBench() {}

  /** Prints documents per second of both, their ratio, and how long a document takes. */
  public static void main(String[] arguments) throws Exception {
    var folder = Files.createTempDirectory("format-bench");
    var jail = OfficeSettings.standard(folder.resolve("worker"));
    var document = document().getBytes(StandardCharsets.UTF_8);
    var pool =
        FormatterPool.open(
            new FormatterPool.Settings(1, 100_000, 256L << 20, false),
            jail,
            InstantSource.system());
    try (pool) {
      for (int i = 0; i < WARM_UP; i++) {
        formatter(pool, folder, document);
        direct(document);
      }
      var times = new long[2][ROUNDS * DOCUMENTS];
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < DOCUMENTS; i++) {
          var begin = System.nanoTime();
          formatter(pool, folder, document);
          times[0][round * DOCUMENTS + i] = System.nanoTime() - begin;
        }
        for (int i = 0; i < DOCUMENTS; i++) {
          var begin = System.nanoTime();
          direct(document);
          times[1][round * DOCUMENTS + i] = System.nanoTime() - begin;
        }
      }
      var own = Arrays.stream(times[0]).sum();
      var direct = Arrays.stream(times[1]).sum();
      System.out.printf(
          "formatter %.1f/s (median %.1f ms), direct %.1f/s (median %.1f ms), ratio %.2f, of medians %.2f, of the quickest tenths %.2f%n",
          1e9 * times[0].length / own,
          quickest(0.5, times[0]),
          1e9 * times[1].length / direct,
          quickest(0.5, times[1]),
          (double) direct / own,
          quickest(0.5, times[1]) / quickest(0.5, times[0]),
          quickest(0.1, times[1]) / quickest(0.1, times[0]));
    }
  }

  /** The milliseconds that this share of all took at most. */
  private static double quickest(double share, long[] nanos) {
    var sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(int) (sorted.length * share)] / 1e6;
  }

  /** All that a worker does for a job beyond store and broker. */
  private static void formatter(FormatterPool pool, Path folder, byte[] document) throws Exception {
    var work = Files.createTempDirectory(folder, "job");
    var input = Files.createDirectory(work.resolve("in"));
    Files.write(input.resolve("doc.fo"), document);
    try (var lease = pool.lease("", Duration.ofMinutes(5))) {
      var result =
          new FormatEngine()
              .run(
                  new Work.Format("doc.fo", "application/pdf"),
                  FromWeb.NOTHING,
                  input,
                  work.resolve("out"),
                  lease);
      if (!(result instanceof FormatResult.Ended(EngineResult.Finished _))) {
        throw new IllegalStateException(result.toString());
      }
    }
    FolderTree.delete(work);
  }

  private static void direct(byte[] document) throws Exception {
    var factory = new FopFactoryBuilder(URI.create("file:///nowhere/")).build();
    var fop =
        factory.newFop("application/pdf", factory.newFOUserAgent(), new ByteArrayOutputStream());
    var parsers = SAXParserFactory.newInstance();
    parsers.setNamespaceAware(true);
    parsers.newSAXParser().parse(new ByteArrayInputStream(document), fop.getDefaultHandler());
  }

  private static String document() {
    var blocks = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      blocks.append(
          Documents.block("Paragraph " + i + " of a page, " + "with some words ".repeat(3)));
    }
    return Documents.page(blocks.toString());
  }
}
