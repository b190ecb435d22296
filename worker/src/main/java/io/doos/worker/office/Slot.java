package io.doos.worker.office;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One place of the pool and the office in it. Guarded by the pool's lock. */
final class Slot {

  final int index;
  OfficeState state = OfficeState.first();
  @Nullable LiveOffice office;

  /** Whom the office has served; it serves nobody else. */
  @Nullable String tenant;

  int uses;

  /** Drawn when the office started. */
  int mostUses;

  long memoryBytes;
  Instant since;
  Instant lastUsed;
  Instant notBefore;

  Slot(int index, Instant now) {
    this.index = index;
    this.since = now;
    this.lastUsed = now;
    this.notBefore = now;
  }

  boolean in(OfficeState.Phase phase) {
    return state.phase() == phase;
  }

  boolean free() {
    return in(OfficeState.Phase.READY);
  }

  /** Free, and of nobody yet. */
  boolean fresh() {
    return free() && tenant == null;
  }

  /** Free, and already this tenant's. */
  boolean freeOf(String who) {
    return free() && who.equals(tenant);
  }

  boolean lives() {
    return office != null && office.lives();
  }

  /** Free, but somebody's. */
  boolean taken() {
    return free() && tenant != null;
  }

  /** On its way to being fresh, or free again. */
  boolean coming() {
    return !free() && !in(OfficeState.Phase.LEASED);
  }

  /** A new office, started and prepared, is in it. */
  void put(LiveOffice fresh, long memory, int mayServe, Instant now) {
    mostUses = mayServe;
    office = fresh;
    tenant = null;
    uses = 0;
    memoryBytes = memory;
    since = now;
    lastUsed = now;
  }

  boolean worn(OfficePool.Settings settings, Instant now) {
    return uses >= mostUses
        || memoryBytes > settings.maxMemoryBytes()
        || Duration.between(since, now).compareTo(settings.maxAge()) >= 0;
  }

  OfficeSnapshot snapshot() {
    return new OfficeSnapshot(
        "office-" + index + "." + state.generation(),
        index,
        state.generation(),
        state.phase().name(),
        office == null ? 0 : office.pid(),
        Optional.ofNullable(tenant),
        uses,
        since,
        memoryBytes);
  }
}
