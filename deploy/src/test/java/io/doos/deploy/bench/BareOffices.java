package io.doos.deploy.bench;

import io.doos.common.job.Work;
import io.doos.common.life.Closer;
import io.doos.worker.engine.ConvertEngine;
import io.doos.worker.engine.Engine;
import io.doos.worker.engine.EngineResult;
import io.doos.worker.engine.EngineTask;
import io.doos.worker.engine.JobFolder;
import io.doos.worker.engine.MacroEngine;
import io.doos.worker.engine.OfficeBasics;
import io.doos.worker.engine.OfficeCleaning;
import io.doos.worker.engine.OfficePreparation;
import io.doos.worker.office.OfficePool;
import io.doos.worker.office.OfficeSettings;
import io.doos.worker.office.Offices;
import io.doos.worker.office.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Offices driven directly, by the very code that a worker drives them with, and nothing else of the
 * farm: no store, no broker, no gateway.
 */
final class BareOffices implements Rig, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * More than a run has, so that no office is started anew meanwhile: what one that ended had used
   * of the processor is not known afterwards.
   */
  static final int MAX_USES = 100_000;

  /**
   * Apart from the user ids of a farm's offices on this machine: some of their limits are per user.
   */
  private static final int FIRST_UID = OfficeSettings.FIRST_UID + 200;

  private final int count;
  private final Closer closer = new Closer();
  private final OfficeBasics basics = new OfficeBasics();
  private final MacroEngine macroEngine = new MacroEngine(basics);
  private final ConvertEngine convertEngine = new ConvertEngine(basics);
  private final Watchdog watchdog;
  private final OfficePool pool;

  /**
   * Starts {@code count} offices and a standby, as a worker does.
   *
   * @param folder for them alone
   */
  BareOffices(Path folder, int count) throws Exception {
    this.count = count;
    var offices = closer.add(Offices.open(settings(folder)));
    watchdog = closer.start(new Watchdog(Watchdog.Settings.standard(), InstantSource.system()));
    pool =
        closer.start(
            new OfficePool(
                poolSettings(count),
                offices,
                watchdog,
                new OfficePreparation(basics),
                new OfficeCleaning(basics),
                InstantSource.system()));
  }

  static OfficeSettings settings(Path folder) {
    var standard = OfficeSettings.standard(folder);
    return new OfficeSettings(
        standard.folder(),
        standard.program(),
        standard.jail(),
        FIRST_UID,
        standard.caps(),
        standard.locale(),
        standard.timezone(),
        standard.templates(),
        standard.fonts(),
        standard.startTimeout());
  }

  static OfficePool.Settings poolSettings(int count) {
    var standard = OfficePool.Settings.standard();
    return new OfficePool.Settings(
        count,
        standard.standby(),
        standard.reuse(),
        MAX_USES,
        standard.maxAge(),
        standard.maxMemoryBytes(),
        standard.checkInterval(),
        standard.upkeepTimeout());
  }

  @Override
  public Run run(Workload workload, Duration time) throws Exception {
    return Crew.run(
        count,
        time,
        () -> {
          doJob(workload);
          return workload;
        });
  }

  private void doJob(Workload workload) throws Exception {
    run(macroEngine, macro(), inputs(workload), _ -> {});
  }

  /** Does {@code workload} once and copies what it leaves to {@code folder}. */
  void make(Workload workload, Path folder) throws Exception {
    run(
        macroEngine,
        macro(),
        inputs(workload),
        output -> {
          try (var files = Files.list(output)) {
            for (var file : files.toList()) {
              put(file, folder.resolve(file.getFileName().toString()));
            }
          }
        });
  }

  /**
   * Converts {@code document} to PDF.
   *
   * @return the {@link System#nanoTime()} of having it, and of the document being closed, which is
   *     what an office takes for one; it was cleaned after that
   */
  long convert(Path document) throws Exception {
    var name = document.getFileName().toString();
    return run(
        convertEngine,
        new Work.Convert("pdf", null, Map.of()),
        Map.of(name, document),
        output -> {
          try (var files = Files.list(output)) {
            Pdf.check(document, Files.readAllBytes(files.findFirst().orElseThrow()));
          }
        });
  }

  private static Work macro() {
    return new Work.RunMacro(Work.RunMacro.MAIN_SCRIPT, Workload.FUNCTION, List.of());
  }

  private static Map<String, Path> inputs(Workload workload) {
    var inputs = new HashMap<String, Path>();
    inputs.put(Work.RunMacro.MAIN_SCRIPT, workload.script());
    workload.files().forEach(file -> inputs.put(file.getFileName().toString(), file));
    return inputs;
  }

  /** Looks at what a job left. */
  private interface Look {
    void at(Path output) throws IOException;
  }

  private long run(Engine engine, Work work, Map<String, Path> inputs, Look look) throws Exception {
    try (var lease = pool.lease("", PATIENCE)) {
      var folder = JobFolder.create(lease.office());
      for (var input : inputs.entrySet()) {
        put(input.getValue(), folder.input().resolve(input.getKey()));
      }
      lease.office().giveToOffice(folder.input());
      try (var _ = watchdog.guard(lease.office(), PATIENCE)) {
        var result =
            engine.run(new EngineTask(work, folder, lease, _ -> Optional.empty(), () -> PATIENCE));
        if (!(result instanceof EngineResult.Finished)) {
          throw new IllegalStateException(inputs.keySet() + " failed: " + result);
        }
        if (!basics.closeConverted(lease.office())) {
          throw new IllegalStateException(inputs.keySet() + " do not close");
        }
      }
      look.at(folder.output());
      return System.nanoTime();
    }
  }

  private static void put(Path from, Path to) throws IOException {
    Files.copy(from, to);
  }

  @Override
  public void close() {
    closer.close();
  }
}
