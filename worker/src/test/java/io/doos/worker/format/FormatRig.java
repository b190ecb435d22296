package io.doos.worker.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.format.SystemId;
import io.doos.common.job.Work;
import io.doos.common.status.ErrorCode;
import io.doos.worker.engine.EngineResult;
import io.doos.worker.office.Allowance;
import io.doos.worker.office.Caps;
import io.doos.worker.office.OfficeSettings;
import io.doos.worker.office.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A real, jailed formatter for tests, and a worker's way with it.
 *
 * @param folder for all that it needs
 */
record FormatRig(Path folder, FormatterPool pool) implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  static FormatRig in(Path folder) throws Exception {
    var standard = OfficeSettings.standard(folder.resolve("worker"));
    var jail =
        new OfficeSettings(
            folder.resolve("formatters"),
            Optional.empty(),
            standard.jail(),
            standard.firstUid(),
            new Caps(4L << 30, 64L << 20, 256, 1024, Optional.empty(), 1L << 30, Optional.empty()),
            "en-US",
            "UTC",
            standard.templates(),
            standard.fonts(),
            PATIENCE);
    var pool =
        FormatterPool.open(
            new FormatterPool.Settings(1, 1000, 128L << 20, false), jail, InstantSource.system());
    pool.start();
    return new FormatRig(folder, pool);
  }

  /** What came of a document, and the files that it left. */
  record Formatted(EngineResult result, Map<String, byte[]> files) {

    String text(String name) {
      return new String(files.getOrDefault(name, new byte[0]), UTF_8);
    }

    ErrorCode code() {
      return ((EngineResult.Failed) result).error().code();
    }

    String why() {
      return ((EngineResult.Failed) result).error().message();
    }
  }

  Formatted format(Work.Format work, Map<String, byte[]> files) throws Exception {
    return format(work, files, TIMEOUT);
  }

  Formatted format(Work.Format work, Map<String, byte[]> files, Duration timeout) throws Exception {
    return ended(run(work, FromWeb.NOTHING, files, timeout));
  }

  Formatted format(Work.Format work, FromWeb web, Map<String, byte[]> files) throws Exception {
    return ended(run(work, web, files, TIMEOUT));
  }

  /** What a document wants of the web before it is formatted. */
  List<String> wanted(Work.Format work, FromWeb web, Map<String, byte[]> files) throws Exception {
    var wants = (FormatResult.Wants) run(work, web, files, TIMEOUT).result();
    return wants.references().stream().map(SystemId::toString).toList();
  }

  private record Run(FormatResult result, Path output) {}

  private static Formatted ended(Run run) throws IOException {
    var ended = (FormatResult.Ended) run.result();
    var files = new TreeMap<String, byte[]>();
    try (var all = Files.list(run.output())) {
      for (var file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return new Formatted(ended.result(), files);
  }

  private Run run(Work.Format work, FromWeb web, Map<String, byte[]> files, Duration timeout)
      throws Exception {
    var own = Files.createTempDirectory(folder, "work");
    var input = Files.createDirectory(own.resolve("in"));
    for (var file : files.entrySet()) {
      Files.createDirectories(input.resolve(file.getKey()).getParent());
      Files.write(input.resolve(file.getKey()), file.getValue());
    }
    var output = own.resolve("out");
    var task = new FormatTask(work, web, JobFiles.in(input), output);
    FormatTurn turn;
    try (var watchdog =
        new Watchdog(
            new Watchdog.Settings(Duration.ofSeconds(1), 1, 0, Allowance.standard()),
            InstantSource.system())) {
      watchdog.start();
      try (var lease = pool.lease("", PATIENCE, task);
          var _ = watchdog.guard(lease.program(), timeout)) {
        turn = new FormatEngine().run(task, lease);
      }
    }
    return new Run(turn.conclude(), output);
  }

  @Override
  public void close() {
    pool.close();
  }
}
