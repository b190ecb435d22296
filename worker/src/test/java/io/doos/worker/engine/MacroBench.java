package io.doos.worker.engine;

import io.doos.common.job.Work;
import io.doos.worker.office.Office;
import io.doos.worker.office.OfficeFailure;
import io.doos.worker.office.OfficeLease;
import io.doos.worker.office.OfficeSettings;
import io.doos.worker.office.Offices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs macros in real, jailed offices, one after the other in the same office for as long as a pool
 * would keep it.
 */
final class MacroBench implements AutoCloseable {

  private final Offices offices;
  private final MacroEngine engine = new MacroEngine();
  private @Nullable Lease lease;
  private int generation;

  MacroBench(Path folder) throws OfficeFailure, InterruptedException {
    offices = Offices.open(OfficeSettings.standard(folder));
  }

  /** The office that the next run will have, prepared. */
  Lease lease() throws Exception {
    var current = lease;
    if (current == null || current.spoilt || current.office.death() != Office.Death.NONE) {
      if (current != null) {
        current.end();
      }
      Office office = offices.start(1, ++generation);
      current = new Lease(office);
      new OfficePreparation().prepare(office);
      lease = current;
    }
    return current;
  }

  /** Runs {@code Main} of {@code main.script}, then cleans as a pool does. */
  EngineResult run(Map<String, String> files, Object... arguments) throws Exception {
    var result = runUncleaned(files, List.of(arguments), () -> {});
    clean();
    return result;
  }

  EngineResult run(String script) throws Exception {
    return run(Map.of("main.script", script));
  }

  EngineResult runUncleaned(Map<String, String> files, List<Object> arguments, Runnable before)
      throws Exception {
    var office = lease().office;
    empty(office.jobFolder());
    var folder = JobFolder.create(office);
    for (var file : files.entrySet()) {
      var path = folder.input().resolve(file.getKey());
      Files.write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
      office.giveToOffice(path);
    }
    before.run();
    return engine.run(
        new EngineTask(
            new Work.RunMacro(Work.RunMacro.MAIN_SCRIPT, "Main", arguments),
            folder,
            lease(),
            this::disposable,
            () -> Duration.ofSeconds(30)));
  }

  /** What the last run left. */
  Path output() throws Exception {
    return JobFolder.of(lease().office).output();
  }

  private void clean() throws Exception {
    var current = lease;
    if (current != null
        && current.office.death() == Office.Death.NONE
        && !current.spoilt
        && !new OfficeCleaning().clean(current.office)) {
      current.spoil();
    }
  }

  private Optional<OfficeLease> disposable(Duration patience) throws InterruptedException {
    try {
      return Optional.of(offices.startShowingDialogs());
    } catch (OfficeFailure e) {
      throw new IllegalStateException(e);
    }
  }

  static void empty(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        if (!path.equals(folder)) {
          Files.delete(path);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    var current = lease;
    if (current != null) {
      current.end();
    }
    offices.close();
  }

  /** Remembers that it was spoilt. */
  static final class Lease implements OfficeLease {
    private final Office office;
    private boolean spoilt;

    Lease(Office office) {
      this.office = office;
    }

    @Override
    public Office office() {
      return office;
    }

    @Override
    public void spoil() {
      spoilt = true;
    }

    boolean spoilt() {
      return spoilt;
    }

    private void end() throws IOException {
      try {
        ((AutoCloseable) office).close();
      } catch (Exception e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() {}
  }
}
