package io.doos.worker.engine;

import io.doos.common.job.Work;
import io.doos.common.life.Closer;
import io.doos.worker.office.Office;
import io.doos.worker.office.OfficeFailure;
import io.doos.worker.office.OfficeLease;
import io.doos.worker.office.OfficePool;
import io.doos.worker.office.OfficeSettings;
import io.doos.worker.office.Offices;
import io.doos.worker.office.Watchdog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Does work in real, jailed offices, out of a pool of one, so always in the same if it lives. */
final class MacroBench implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Closer closer = new Closer();
  private final OfficeBasics basics = new OfficeBasics();
  private final Offices offices;
  private final OfficePool pool;
  private final MacroEngine engine;
  private final ConvertEngine converter;
  private DisposableOffices second = this::disposable;

  MacroBench(Path folder) throws Exception {
    engine = new MacroEngine(basics);
    converter = new ConvertEngine(basics);
    offices = closer.add(Offices.open(OfficeSettings.standard(folder)));
    var watchdog = closer.start(new Watchdog(Watchdog.Settings.standard(), InstantSource.system()));
    pool =
        closer.start(
            new OfficePool(
                new OfficePool.Settings(
                    1,
                    0,
                    OfficePool.Reuse.TENANT,
                    1000,
                    Duration.ofHours(1),
                    1L << 30,
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(30)),
                offices,
                watchdog,
                new OfficePreparation(basics),
                new OfficeCleaning(basics),
                InstantSource.system()));
  }

  /** From now on there are no second offices. */
  void withoutSecondOffices() {
    second = DisposableOffices.NONE;
  }

  /** What came of a run, in which office, and what was in its output folder. */
  record Ran(EngineResult result, String office) {}

  /** Runs {@code Main} of {@code main.script}, in a lease of its own. */
  EngineResult run(Map<String, String> files, Object... arguments) throws Exception {
    return run(files, List.of(arguments), _ -> {}, _ -> {}).result();
  }

  EngineResult run(String script) throws Exception {
    return run(Map.of("main.script", script));
  }

  /**
   * The same, with a look at the office before the run, and at the output after it.
   *
   * @param before must not block
   */
  Ran run(Map<String, String> files, List<Object> arguments, Consumer<Office> before, Output after)
      throws Exception {
    var bytes = new HashMap<String, byte[]>();
    files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
    var work = new Work.RunMacro(Work.RunMacro.MAIN_SCRIPT, "Main", arguments);
    return run(engine, work, bytes, before, after);
  }

  /** Converts files, and looks at what was made of them. */
  Ran convert(Work.Convert work, Map<String, byte[]> files, Output after) throws Exception {
    return run(converter, work, files, _ -> {}, after);
  }

  /** The same, with a look at the office's unseen frame when it is done, before it is cleaned. */
  Ran convertAndLook(Work.Convert work, Map<String, byte[]> files, Consumer<UnseenFrame> after)
      throws Exception {
    var its = new AtomicReference<Office>();
    return run(
        converter,
        work,
        files,
        its::set,
        _ -> after.accept(basics.of(Objects.requireNonNull(its.get())).unseenFrame()));
  }

  private Ran run(
      Engine engine, Work work, Map<String, byte[]> files, Consumer<Office> before, Output after)
      throws Exception {
    try (var lease = pool.lease("tester", PATIENCE)) {
      var office = lease.office();
      var folder = JobFolder.create(office);
      for (var file : files.entrySet()) {
        var path = folder.input().resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
      office.giveToOffice(folder.input());
      before.accept(office);
      var result =
          engine.run(new EngineTask(work, folder, lease, second, () -> Duration.ofSeconds(30)));
      after.look(folder.output());
      return new Ran(result, office.name());
    }
  }

  /** Looks at what a macro left. */
  interface Output {
    void look(Path folder) throws Exception;
  }

  private Optional<OfficeLease> disposable(Duration patience) {
    try {
      return Optional.of(offices.startShowingDialogs());
    } catch (OfficeFailure | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closer.close();
  }
}
