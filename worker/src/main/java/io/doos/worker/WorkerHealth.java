package io.doos.worker;

import io.doos.common.health.Check;
import io.doos.common.health.HealthChecks;
import io.doos.common.health.Probe;
import io.doos.common.uno.UnoDoor;
import io.doos.worker.office.OfficePool;
import io.doos.worker.run.JobTaker;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a worker tells of itself: its offices, its UNO door and its folder. */
final class WorkerHealth {

  private static final String OFFICES = "offices";
  private static final String KEEPERS = "office-keepers";
  private static final String TAKING = "taking";
  private static final String FOLDER = "data-folder";

  private final WorkerFolder folder;
  private volatile @Nullable OfficePool pool;
  private volatile @Nullable JobTaker taker;
  private volatile @Nullable UnoDoor uno;

  WorkerHealth(WorkerFolder folder) {
    this.folder = folder;
  }

  /** Tells of these offices from now on. */
  void watch(OfficePool offices) {
    pool = offices;
  }

  /** Tells whether this takes jobs, from now on. */
  void watch(JobTaker takes) {
    taker = takes;
  }

  /** Tells whether this lets clients in, from now on. */
  void watch(UnoDoor door) {
    uno = door;
  }

  /**
   * All checks of a worker.
   *
   * @param standing whether it takes jobs
   */
  HealthChecks checks(Probe standing) {
    return new HealthChecks(
        List.of(() -> keepers(standing), () -> unoDoor(standing)),
        List.of(standing, this::taking, this::offices, this::folder));
  }

  /** An operator's word is no fault: a paused worker is well. */
  private Check taking() {
    var takes = taker;
    if (takes == null) {
      return Check.ok(TAKING, "not yet");
    }
    return Check.ok(
        TAKING,
        switch (takes.mode()) {
          case TAKING -> "takes jobs";
          case DRAINING -> "draining on an operator's order: finishes what runs";
          case PAUSED -> "paused on an operator's order";
        });
  }

  /** While it starts or stops, nobody needs to look after offices. */
  private Check keepers(Probe standing) {
    var offices = pool;
    return offices == null || offices.isKept() || !standing.look().ok()
        ? Check.ok(KEEPERS, "as they should be")
        : Check.failed(KEEPERS, "nobody looks after an office any more, and nobody will again");
  }

  private Check unoDoor(Probe standing) {
    var door = uno;
    return door == null || door.isServing() || !standing.look().ok()
        ? Check.ok(UnoDoor.CHECK, door == null ? "there is none" : "as it should be")
        : Check.failed(UnoDoor.CHECK, "accepts no connections any more, and will not again");
  }

  /** An office that is being replaced is nothing to worry about until a start fails. */
  private Check offices() {
    var offices = pool;
    if (offices == null) {
      return Check.failed(OFFICES, "none is up yet");
    }
    var phases = new TreeMap<String, Integer>();
    var up = 0;
    for (var office : offices.snapshot()) {
      phases.merge(office.phase().toLowerCase(Locale.ROOT), 1, Integer::sum);
      up += office.isUp() ? 1 : 0;
    }
    var counts = phases.entrySet().stream().map(phase -> phase.getValue() + " " + phase.getKey());
    var each = counts.collect(Collectors.joining(", "));
    var failure = offices.lastFailure();
    return up == 0 && failure.isPresent()
        ? Check.failed(
            OFFICES, each + "; the last one did not start: " + failure.get().getMessage())
        : Check.ok(OFFICES, each);
  }

  private Check folder() {
    var offices = folder.offices();
    return Files.isWritable(offices.resolve("lock"))
        ? Check.ok(FOLDER, folder.folder() + " is ours")
        : Check.failed(
            FOLDER, pool == null ? "not claimed yet" : offices + " is gone or cannot be written");
  }
}
