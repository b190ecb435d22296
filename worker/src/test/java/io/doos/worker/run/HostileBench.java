package io.doos.worker.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.ledger.Begin;
import io.doos.common.ledger.Ending;
import io.doos.common.ledger.JobRecord;
import io.doos.common.life.Closer;
import io.doos.common.store.FakeObjectStore;
import io.doos.worker.engine.ConvertEngine;
import io.doos.worker.engine.DisposableOffices;
import io.doos.worker.engine.MacroEngine;
import io.doos.worker.engine.OfficeBasics;
import io.doos.worker.engine.OfficeCleaning;
import io.doos.worker.engine.OfficePreparation;
import io.doos.worker.office.Allowance;
import io.doos.worker.office.Caps;
import io.doos.worker.office.Layer;
import io.doos.worker.office.OfficePool;
import io.doos.worker.office.OfficeSettings;
import io.doos.worker.office.Offices;
import io.doos.worker.office.Watchdog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipInputStream;

/** Runs jobs as a worker does, in two real, jailed offices with tight limits; without a broker. */
final class HostileBench implements AutoCloseable {

  /** Apart from those of other tests: some limits of offices are per user. */
  private static final int FIRST_UID = OfficeSettings.FIRST_UID + 300;

  private static final long MIB = 1 << 20;

  private static final int MAX_OUTPUT_FILES = 200;

  /** The macro {@code Main} of {@code main.script}. */
  static final Work MAIN = new Work.RunMacro(Work.RunMacro.MAIN_SCRIPT, "Main", List.of());

  private final Closer closer = new Closer();
  private final FakeObjectStore store = new FakeObjectStore();
  private final AtomicInteger tickets = new AtomicInteger();
  private final OfficeAttempt attempt;
  private final boolean counts;

  HostileBench(Path folder, OfficePool.Reuse reuse) throws Exception {
    var opened = false;
    try {
      var offices = closer.add(Offices.open(settings(folder)));
      counts =
          offices.jail().layers().stream()
              .anyMatch(it -> it instanceof Layer.Holds(var k, _) && k == Layer.Kind.MEMORY);
      var allowance = new Allowance(700 * MIB, Duration.ofSeconds(8), 96 * MIB);
      var watchdog =
          closer.start(
              new Watchdog(
                  new Watchdog.Settings(Duration.ofMillis(200), 0.1, 0, allowance),
                  InstantSource.system()));
      var basics = new OfficeBasics();
      var pool =
          closer.start(
              new OfficePool(
                  new OfficePool.Settings(
                      2,
                      2,
                      reuse,
                      1000,
                      Duration.ofHours(1),
                      1L << 30,
                      Duration.ofMinutes(1),
                      Duration.ofSeconds(60)),
                  offices,
                  watchdog,
                  new OfficePreparation(basics),
                  new OfficeCleaning(basics),
                  InstantSource.system()));
      var work = Files.createDirectories(folder.resolve("work"));
      attempt =
          new OfficeAttempt(
              new OfficeAttempt.Config(
                  work,
                  Duration.ofMinutes(2),
                  Duration.ofMinutes(5),
                  new InputFetcher.Limits(16 * MIB, 100),
                  new OutputPacker.Limits(16 * MIB, MAX_OUTPUT_FILES)),
              new OfficeAttempt.Tools(
                  pool,
                  DisposableOffices.NONE,
                  watchdog,
                  new MacroEngine(basics),
                  new ConvertEngine(basics),
                  List.of()),
              store,
              InstantSource.system(),
              JobMeter.NONE);
      opened = true;
    } finally {
      if (!opened) {
        closer.close();
      }
    }
  }

  private static OfficeSettings settings(Path folder) {
    var standard = OfficeSettings.standard(folder);
    return new OfficeSettings(
        standard.folder(),
        standard.program(),
        standard.jail(),
        FIRST_UID,
        new Caps(2048 * MIB, 64 * MIB, 128, 512, Optional.empty(), 2048 * MIB, Optional.empty()),
        standard.locale(),
        standard.timezone(),
        standard.templates(),
        standard.fonts(),
        Duration.ofSeconds(60));
  }

  /**
   * How a job ended.
   *
   * @param status its state, then what it returned or its error
   * @param files what its result holds, each byte as a character
   */
  record Ended(String status, Map<String, String> files) {}

  /** Whether control groups count the offices' deaths for want of memory here. */
  boolean countsDeaths() {
    return counts;
  }

  /** Runs {@code Main} of {@code main.script} among the files. */
  Ended run(String tenant, Map<String, String> files, Duration timeout) throws Exception {
    var bytes = new TreeMap<String, byte[]>();
    files.forEach((name, text) -> bytes.put(name, text.getBytes(UTF_8)));
    return run(tenant, MAIN, bytes, timeout);
  }

  Ended run(String tenant, Work work, Map<String, byte[]> files, Duration timeout)
      throws Exception {
    var inputs =
        files.entrySet().stream()
            .<InputFile>map(file -> new InputFile.Inline(file.getKey(), file.getValue()))
            .toList();
    var message =
        new JobMessage(
            new Ticket("hostile-" + tickets.incrementAndGet()),
            work,
            inputs,
            null,
            Instant.now(),
            new JobMessage.Limits(null, timeout, null),
            tenant);
    var claimed =
        new Begin.Claimed(
            new JobRecord(message, Pool.DEFAULT, null, null, null, Map.of()), 1, Instant.now());
    var running = new RunningJob();
    try {
      return switch (attempt.run(claimed, running)) {
        case Attempt.Ran(var ending) -> ended(ending);
        case Attempt.OfficeDied(var ifLast) -> ended(ifLast);
      };
    } finally {
      running.catchUp();
    }
  }

  private Ended ended(Ending ending) throws Exception {
    var result = ending.result();
    var error = ending.error();
    var said =
        error == null
            ? ending.returned() == null ? "" : ending.returned()
            : error.code() + " " + error.message();
    return new Ended(
        (ending.state() + " " + said).strip(),
        result == null ? Map.of() : unzip(store.read(result.object()).orElseThrow()));
  }

  private static Map<String, String> unzip(byte[] bytes) throws IOException {
    var files = new TreeMap<String, String>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), ISO_8859_1));
      }
    }
    return files;
  }

  @Override
  public void close() {
    closer.close();
  }
}
