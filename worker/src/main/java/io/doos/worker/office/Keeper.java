package io.doos.worker.office;

import io.doos.worker.office.OfficeState.Phase;
import java.time.InstantSource;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the state of one slot asks for, until the pool is closed. */
final class Keeper implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Keeper.class);

  private final Slot slot;
  private final Seats seats;
  private final Upkeep upkeep;
  private final OfficePool.Settings settings;
  private final InstantSource clock;

  Keeper(Slot slot, Seats seats, Upkeep upkeep, OfficePool.Settings settings, InstantSource clock) {
    this.slot = slot;
    this.seats = seats;
    this.upkeep = upkeep;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void run() {
    try {
      while (true) {
        var state = seats.awaitWork(slot);
        var generation = state.generation();
        switch (state.phase()) {
          case STARTING -> start(generation);
          case CLEANING -> clean(office(), generation);
          case CHECKING -> check(office(), generation);
          case RETIRING -> retire(office());
          case READY, LEASED -> throw new IllegalStateException("nothing to do in " + state);
        }
      }
    } catch (InterruptedException e) {
      // the pool is closed
    } catch (RuntimeException e) {
      log.error("Slot {} is given up: this is a bug of ours", slot.index, e);
      throw e;
    } finally {
      var office = slot.office;
      if (office != null) {
        office.close();
      }
    }
  }

  private LiveOffice office() {
    return Objects.requireNonNull(slot.office);
  }

  private void start(int generation) throws InterruptedException {
    try {
      var office = upkeep.start(slot.index, generation);
      seats.up(slot, office, office.memoryBytes());
      office.onExit(() -> exited(office, generation));
    } catch (OfficeFailure e) {
      seats
          .notUp(slot, e)
          .ifPresent(pause ->
              log.error(
                  "No office in slot {}; next try in {} ms; `doos doctor` looks for the cause. {}",
                  slot.index,
                  pause.toMillis(),
                  e.getMessage()));
    }
  }

  private void exited(LiveOffice office, int generation) {
    if (seats.apply(slot, new OfficeState.Exited(generation)) == Phase.RETIRING
        && office.death() == Office.Death.ITSELF) {
      log.warn("{}: ended while nobody used it", office.name());
    }
  }

  private void clean(LiveOffice office, int generation) {
    var begin = System.nanoTime();
    var left =
        settings.reuse() == OfficePool.Reuse.NEVER
            ? java.util.Optional.of("every lease gets a new one")
            : upkeep.clean(office);
    if (left.isPresent()) {
      log.debug("{}: replaced: {}", office.name(), left.get());
      seats.apply(slot, new OfficeState.Unfit(generation));
    } else {
      seats.cleaned(slot, office.memoryBytes());
      log.debug("{}: clean after {} µs", office.name(), (System.nanoTime() - begin) / 1000);
    }
  }

  private void check(LiveOffice office, int generation) {
    if (upkeep.answers(office)) {
      seats.apply(slot, new OfficeState.Answered(generation));
    } else {
      log.warn("{}: does not answer any more, is replaced", office.name());
      seats.apply(slot, new OfficeState.Unfit(generation));
    }
  }

  private void retire(LiveOffice office) {
    office.close();
    log.debug("{}: gone after {} leases, at {}", office.name(), slot.uses, clock.instant());
    seats.gone(slot);
  }
}
