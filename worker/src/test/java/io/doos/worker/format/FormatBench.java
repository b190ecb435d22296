package io.doos.worker.format;

import io.doos.common.job.Work;
import io.doos.worker.engine.EngineResult;
import io.doos.worker.fop.DirectFop;
import io.doos.worker.office.FolderTree;
import io.doos.worker.office.OfficeSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures one warm formatter against Apache FOP in this process, by documents of several kinds and
 * in turns, so that whatever else the machine does hits both. Two documents are with the formatter
 * at a time, as a worker has the next one's files ready while it formats. Not a test: run its main
 * method, with the folder of the project's examples of formatting.
 */
public final class FormatBench {

  private static final int AT_ONCE = 2;
  private static final int TURNS = 6;
  private static final long TURN_NANOS = 2_000_000_000;

  /** Until both have compiled what they will: the formatter's successor included. */
  private static final long WARM_UP_NANOS = 10_000_000_000L;

  /** A document, and the images that it needs. */
  private record Sample(String name, String document, List<String> images) {}

  /** What one of them did so far. */
  private record Score(long documents, long nanos) {

    static final Score NONE = new Score(0, 0);

    Score plus(Score more) {
      return new Score(documents + more.documents, nanos + more.nanos);
    }

    double perSecond() {
      return 1e9 * documents / nanos;
    }
  }

  private FormatBench() {}

  /** Prints documents per second of both and their ratio. */
  public static void main(String[] arguments) throws Exception {
    var examples = Path.of(arguments[0]).toAbsolutePath();
    var folder = Files.createTempDirectory("format-bench");
    var jail = OfficeSettings.standard(folder.resolve("worker"));
    var pool =
        FormatterPool.open(
            new FormatterPool.Settings(1, 100_000, 256L << 20, false),
            jail,
            InstantSource.system());
    var fonts = FormatterProgram.FONTS.stream().map(Path::of).toList();
    var direct = new DirectFop(fonts, examples);
    try (pool) {
      System.out.println("Documents a second             formatter     direct   ratio");
      for (var sample : samples(examples)) {
        measure(
            sample.name,
            () -> formatted(pool, folder, sample, examples),
            () -> direct.format(sample.document.getBytes(StandardCharsets.UTF_8)));
      }
    } finally {
      FolderTree.delete(folder);
    }
  }

  private static List<Sample> samples(Path examples) throws IOException {
    var invoice = Files.readString(examples.resolve("invoice.fo"));
    return List.of(
        new Sample("a page and a half of text", blocks(12), List.of()),
        new Sample("an invoice with a drawing", invoice, List.of("logo.svg", "pictures/roof.png")),
        new Sample("thirty pages of text", blocks(240), List.of()));
  }

  private static String blocks(int count) {
    var blocks = new StringBuilder();
    for (int i = 0; i < count; i++) {
      blocks.append(
          Documents.block("Paragraph " + i + " of a page, " + "with some words ".repeat(3)));
    }
    return Documents.page(blocks.toString());
  }

  private static void measure(String name, Callable<?> formatter, Callable<?> direct)
      throws Exception {
    turn(AT_ONCE, WARM_UP_NANOS, formatter);
    turn(1, WARM_UP_NANOS, direct);
    var own = Score.NONE;
    var bare = Score.NONE;
    for (int turn = 0; turn < TURNS; turn++) {
      own = own.plus(turn(AT_ONCE, TURN_NANOS, formatter));
      bare = bare.plus(turn(1, TURN_NANOS, direct));
    }
    System.out.printf(
        "%-30s %9.1f %10.1f %7.2f%n",
        name, own.perSecond(), bare.perSecond(), own.perSecond() / bare.perSecond());
  }

  private static Score turn(int threads, long nanos, Callable<?> documents) throws Exception {
    long begin = System.nanoTime();
    long count = 0;
    try (var crew = Executors.newFixedThreadPool(threads)) {
      var counts = new ArrayList<Future<Long>>();
      for (int thread = 0; thread < threads; thread++) {
        counts.add(crew.submit(() -> until(begin + nanos, documents)));
      }
      for (var each : counts) {
        count += each.get();
      }
    }
    return new Score(count, System.nanoTime() - begin);
  }

  private static long until(long end, Callable<?> documents) throws Exception {
    long count = 0;
    for (; System.nanoTime() < end; count++) {
      documents.call();
    }
    return count;
  }

  /** All that a worker does for a job beyond store and broker. */
  private static FormatResult formatted(
      FormatterPool pool, Path folder, Sample sample, Path examples) throws Exception {
    var work = Files.createTempDirectory(folder, "job");
    var input = Files.createDirectory(work.resolve("in"));
    Files.writeString(input.resolve("doc.fo"), sample.document);
    for (var image : sample.images) {
      Files.createDirectories(input.resolve(image).getParent());
      Files.copy(examples.resolve(image), input.resolve(image));
    }
    FormatResult result;
    try (var lease = pool.lease("", Duration.ofMinutes(5))) {
      var format = new Work.Format("doc.fo", "application/pdf");
      result = new FormatEngine().run(format, FromWeb.NOTHING, input, work.resolve("out"), lease);
    }
    FolderTree.delete(work);
    if (!(result instanceof FormatResult.Ended(EngineResult.Finished _))) {
      throw new IllegalStateException(result.toString());
    }
    return result;
  }
}
