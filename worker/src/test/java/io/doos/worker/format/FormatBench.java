package io.doos.worker.format;

import com.sun.management.OperatingSystemMXBean;
import io.doos.common.job.Work;
import io.doos.worker.engine.EngineResult;
import io.doos.worker.fop.DirectFop;
import io.doos.worker.office.FolderTree;
import io.doos.worker.office.OfficeFailure;
import io.doos.worker.office.OfficeSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/**
 * Measures one warm formatter against Apache FOP in this process, by documents of several kinds and
 * in turns, so that whatever else the machine does hits both. Both read a file and write one; four
 * documents are in hand for the formatter, as many as a worker with two offices has, so that others
 * are got ready and put away while it formats. Not a test: run its main method, with the folder of
 * the project's examples of formatting.
 */
public final class FormatBench {

  private static final int AT_ONCE = 4;
  private static final int TURNS = 12;
  private static final long TURN_NANOS = 1_000_000_000;

  /** Until both have compiled what they will: some 30,000 of the smallest documents. */
  private static final long WARM_UP_NANOS = 60_000_000_000L;

  /** However busy the machine: the formatter's successor, which compiles more, included. */
  private static final long WARM_UP_DOCUMENTS = 3_000;

  /** A document, and the images that it needs. */
  private record Sample(String name, String document, List<String> images) {}

  /**
   * What one of them did so far.
   *
   * @param nanos in all
   * @param own CPU time of this process
   * @param jailed CPU time of the formatter
   */
  private record Score(long documents, long nanos, long own, long jailed) {

    static final Score NONE = new Score(0, 0, 0, 0);

    Score plus(Score more) {
      return new Score(
          documents + more.documents, nanos + more.nanos, own + more.own, jailed + more.jailed);
    }

    double perSecond() {
      return 1e9 * documents / nanos;
    }

    /** Milliseconds of CPU time a document, of {@code nanos} in all. */
    double each(long nanos) {
      return 1e-6 * nanos / documents;
    }
  }

  /** Formats the document of a sample. */
  private interface Formatting {
    void run() throws Exception;
  }

  /** What does the documents of a sample, and the CPU time in which. */
  private record Side(int threads, Formatting document, LongSupplier own, LongSupplier jailed) {}

  private FormatBench() {}

  /** Prints documents per second of both and their ratio. */
  public static void main(String[] arguments) throws Exception {
    var examples = Path.of(arguments[0]).toAbsolutePath();
    var folder = Files.createTempDirectory("format-bench");
    var jail = OfficeSettings.standard(folder.resolve("worker"));
    var pool =
        FormatterPool.open(
            new FormatterPool.Settings(1, FormatterPool.MOST_USES, 256L << 20, false),
            jail,
            InstantSource.system());
    var fonts = FormatterProgram.FONTS.stream().map(Path::of).toList();
    var direct = new DirectFop(fonts, examples);
    var os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    try (pool) {
      System.out.println(
          "                               documents a second          ms of CPU time a document");
      System.out.println(
          "                             formatter direct ratio     formatter  worker     direct");
      for (var sample : samples(examples)) {
        var source = Files.writeString(folder.resolve("doc.fo"), sample.document);
        measure(
            sample.name,
            new Side(
                AT_ONCE,
                () -> formatted(pool, folder, sample, examples),
                os::getProcessCpuTime,
                () -> cpuTime(pool)),
            new Side(
                1,
                () -> direct.format(source, folder.resolve("doc.pdf")),
                os::getProcessCpuTime,
                () -> 0));
      }
    } finally {
      FolderTree.delete(folder);
    }
  }

  private static long cpuTime(FormatterPool pool) {
    try (var lease = pool.lease("", Duration.ofMinutes(5))) {
      return lease.program().cpuTime().toNanos();
    } catch (OfficeFailure | InterruptedException e) {
      throw new IllegalStateException(e);
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

  private static void measure(String name, Side formatter, Side direct) throws Exception {
    warmUp(formatter);
    warmUp(direct);
    var far = Score.NONE;
    var near = Score.NONE;
    for (int turn = 0; turn < TURNS; turn++) {
      far = far.plus(turn(formatter, TURN_NANOS));
      near = near.plus(turn(direct, TURN_NANOS));
    }
    System.out.printf(
        "%-28s %8.1f %7.1f %5.2f %13.2f %8.2f %10.2f%n",
        name,
        far.perSecond(),
        near.perSecond(),
        far.perSecond() / near.perSecond(),
        far.each(far.jailed),
        far.each(far.own),
        near.each(near.own));
  }

  private static void warmUp(Side side) throws Exception {
    long begin = System.nanoTime();
    for (long done = 0; done < WARM_UP_DOCUMENTS || System.nanoTime() - begin < WARM_UP_NANOS; ) {
      done += turn(side, TURN_NANOS).documents;
    }
  }

  private static Score turn(Side side, long nanos) throws Exception {
    long own = side.own.getAsLong();
    long jailed = side.jailed.getAsLong();
    long begin = System.nanoTime();
    long count = 0;
    try (var crew = Executors.newFixedThreadPool(side.threads)) {
      var counts = new ArrayList<Future<Long>>();
      for (int thread = 0; thread < side.threads; thread++) {
        counts.add(crew.submit(() -> until(begin + nanos, side.document)));
      }
      for (var each : counts) {
        count += each.get();
      }
    }
    return new Score(
        count,
        System.nanoTime() - begin,
        side.own.getAsLong() - own,
        side.jailed.getAsLong() - jailed);
  }

  private static long until(long end, Formatting document) throws Exception {
    long count = 0;
    for (; System.nanoTime() < end; count++) {
      document.run();
    }
    return count;
  }

  /** All that a worker does for a job beyond store and broker. */
  private static void formatted(FormatterPool pool, Path folder, Sample sample, Path examples)
      throws Exception {
    var work = Files.createTempDirectory(folder, "job");
    var input = Files.createDirectory(work.resolve("in"));
    Files.writeString(input.resolve("doc.fo"), sample.document);
    for (var image : sample.images) {
      Files.createDirectories(input.resolve(image).getParent());
      Files.copy(examples.resolve(image), input.resolve(image));
    }
    var task =
        new FormatTask(
            new Work.Format("doc.fo", "application/pdf"),
            FromWeb.NOTHING,
            JobFiles.in(input),
            work.resolve("out"));
    FormatTurn turn;
    try (var lease = pool.lease("", Duration.ofMinutes(5), task)) {
      turn = new FormatEngine().run(task, lease);
    }
    var result = turn.conclude();
    FolderTree.delete(work);
    if (!(result instanceof FormatResult.Ended(EngineResult.Finished _))) {
      throw new IllegalStateException(result.toString());
    }
  }
}
