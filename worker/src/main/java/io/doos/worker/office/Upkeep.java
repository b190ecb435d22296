package io.doos.worker.office;

import java.time.Duration;
import java.util.Optional;

/**
 * What is done to offices when nobody has borrowed them. An office that takes longer than {@code
 * timeout} for any of it is killed, so none of this blocks for ever.
 */
record Upkeep(
    OfficeSource source,
    Watchdog watchdog,
    Preparation preparation,
    Cleaning cleaning,
    Duration timeout) {

  /** Starts an office and prepares it; an {@code OfficeFailure} leaves nothing of it. */
  LiveOffice start(int slot, int generation) throws OfficeFailure, InterruptedException {
    var office = fresh(slot, generation);
    var up = false;
    try (var _ = watchdog.guardUpkeep(office, timeout)) {
      preparation.prepare(office);
      office.takeAsClean();
      up = true;
      return office;
    } catch (Exception e) {
      if (e instanceof InterruptedException interrupt) {
        throw interrupt;
      }
      throw new OfficeFailure.NotStarted(office.name() + " could not be prepared: " + e, e);
    } finally {
      if (!up) {
        office.close();
      }
    }
  }

  private LiveOffice fresh(int slot, int generation) throws OfficeFailure, InterruptedException {
    try {
      return source.start(slot, generation);
    } catch (RuntimeException e) {
      throw new OfficeFailure.NotStarted("An office could not be started: " + e, e);
    }
  }

  /** Takes away what a borrower left; answers what could not be taken away. */
  Optional<String> clean(LiveOffice office) {
    try (var _ = watchdog.guardUpkeep(office, timeout)) {
      // documents first: their listeners may be in what the cleaning takes out
      var open = office.closeDocuments();
      if (open.isPresent()) {
        return open;
      }
      return cleaning.clean(office)
          ? office.restore()
          : Optional.of("what was loaded into it could not be taken out");
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return Optional.of("it could not be cleaned: " + e);
    }
  }

  /** Whether it answers. */
  boolean answers(LiveOffice office) {
    try (var _ = watchdog.guardUpkeep(office, timeout)) {
      return office.answers();
    }
  }
}
