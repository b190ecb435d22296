package io.doos.deploy.bench;

import io.doos.deploy.farm.FarmProcess;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Compares conversions to PDF through a farm's HTTP door with those of JODConverter, of a client
 * per document and of our own offices alone: same documents, same number of offices, in turns.
 */
final class ConversionBench {

  /**
   * One after the other, then as many by the next converter, so that each finds its caches warm.
   */
  private static final int IN_A_ROW = 10;

  private static final int LATENCY_TURNS = 8;

  /** A farm that has just started compiles for some minutes. */
  private static final int WARM_UPS = 3;

  /** What one of them did so far, and what its process and the ones below it used for it. */
  private record Score(Rig.Run run, CpuUse cpu) {}

  private final Path folder;
  private final BenchPlan plan;
  private final PrintStream out;

  ConversionBench(Path folder, BenchPlan plan, PrintStream out) {
    this.folder = folder;
    this.plan = plan;
    this.out = out;
  }

  void withOffices(int count) throws Exception {
    var place = Files.createDirectories(folder.resolve("conversions-" + count));
    try (var farm =
            FarmProcess.start(
                plan.doos(),
                place.resolve("farm"),
                "office.count=" + count,
                "office.max-uses=" + BareOffices.MAX_USES);
        var http = new HttpConverter(farm.httpPort(), farm.pid(), count);
        var bare = new BareConverter(new BareOffices(place.resolve("bare"), count), count);
        var jod = new JodConverter(place.resolve("jod"), count);
        var clients = new ClientPerDocument(place.resolve("clients"), count)) {
      var documents = SampleDocuments.make(bare.offices(), place);
      out.printf("Conversions to PDF, %d office(s)     docs/s  farm is  CPU ms each%n", count);
      throughput(documents.all(), List.of(http, bare, jod, clients));
      if (count == 1) {
        latency(documents.onePage(), http, bare.offices(), jod);
      }
    }
    out.println();
  }

  private void throughput(List<Path> documents, List<Converter> converters) throws Exception {
    turn(converters.getFirst(), documents, plan.warmUp().multipliedBy(WARM_UPS));
    for (var converter : converters) {
      turn(converter, documents, plan.round());
    }
    var scores = new Score[converters.size()];
    for (int round = 0; round < BenchMain.ROUNDS; round++) {
      for (int at = 0; at < scores.length; at++) {
        var score = turn(converters.get(at), documents, plan.round());
        scores[at] =
            round == 0
                ? score
                : new Score(scores[at].run.plus(score.run), scores[at].cpu.plus(score.cpu));
      }
    }
    for (int at = 0; at < scores.length; at++) {
      var run = scores[at].run;
      out.printf(
          "  %-30s %10.1f %7.2f× %9.1f%n",
          converters.get(at).name(),
          run.perSecond(),
          scores[0].run.perSecond() / run.perSecond(),
          scores[at].cpu.total() * CpuUse.TICK_MS / run.jobs());
      BenchMain.cpu(out, List.of(scores[at].cpu), run);
    }
  }

  private static Score turn(Converter converter, List<Path> documents, Duration time)
      throws Exception {
    var next = new AtomicInteger();
    var before = CpuUse.of(converter.pid());
    var run =
        Crew.run(
            converter.atOnce(),
            time,
            () -> {
              converter.convert(
                  documents.get(Math.floorMod(next.getAndIncrement(), documents.size())));
              return converter;
            });
    return new Score(run, CpuUse.of(converter.pid()).since(before));
  }

  /** Our own office's time is without its cleaning, which nobody waits for. */
  private void latency(Path document, Converter farm, BareOffices bare, Converter jod)
      throws Exception {
    var farmNanos = new long[LATENCY_TURNS * IN_A_ROW];
    var bareNanos = new long[farmNanos.length];
    var jodNanos = new long[farmNanos.length];
    for (int first = 0; first < farmNanos.length; first += IN_A_ROW) {
      for (int job = first; job < first + IN_A_ROW; job++) {
        long begin = System.nanoTime();
        bareNanos[job] = bare.convert(document) - begin;
      }
      for (int job = first; job < first + IN_A_ROW; job++) {
        farmNanos[job] = nanos(farm, document);
      }
      for (int job = first; job < first + IN_A_ROW; job++) {
        jodNanos[job] = nanos(jod, document);
      }
    }
    double through = new Percentiles(farmNanos).ms(50);
    double alone = new Percentiles(bareNanos).ms(50);
    double other = new Percentiles(jodNanos).ms(50);
    out.printf(
        "  one page docx→PDF, one at a time, p50 ms: farm %.1f, bare %.1f (ratio %.2f), JODConverter %.1f (%.2f)%n",
        through, alone, through / alone, other, through / other);
  }

  private static long nanos(Converter converter, Path document) throws Exception {
    long begin = System.nanoTime();
    converter.convert(document);
    return System.nanoTime() - begin;
  }
}
