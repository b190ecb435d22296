package io.doos.worker.office;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who gets which office, and which office goes: pure decisions over the slots as they are. The pool
 * holds its lock around them.
 */
record Seating(OfficePool.Settings settings, List<Slot> slots, Instant now) {

  /** How many more offices may be leased. */
  int openPlaces() {
    return settings.count() - count(slot -> slot.in(OfficeState.Phase.LEASED));
  }

  /** The free office that is best for {@code tenant}: its own, else a fresh one; worn ones last. */
  Optional<Slot> bestFor(String tenant) {
    return slots.stream()
        .filter(slot -> slot.freeOf(tenant) || slot.fresh())
        .filter(Slot::lives) // one may have ended, and its keeper not know yet
        .min(
            Comparator.comparing((Slot slot) -> slot.worn(settings, now))
                .thenComparing(slot -> !slot.freeOf(tenant)));
  }

  /**
   * Free offices of others that must go so that {@code unseated} tenants can be served; those used
   * longest ago first, and none while enough are coming anyway.
   */
  Collection<Slot> toMakeRoomFor(int unseated) {
    var wanted = Math.max(0, unseated - count(Slot::coming));
    return slots.stream()
        .filter(Slot::taken)
        .sorted(Comparator.comparing(slot -> slot.lastUsed))
        .limit(wanted)
        .toList();
  }

  /** Worn offices that can go because a fresh one is ready in their place. */
  Collection<Slot> worn() {
    var spare =
        settings.standby() == 0
            ? slots.size()
            : count(slot -> slot.fresh() && !slot.worn(settings, now));
    return slots.stream()
        .filter(slot -> slot.free() && slot.worn(settings, now))
        .limit(spare)
        .toList();
  }

  /** The office to give up so that the next tenant finds a fresh one, if none is or will be. */
  Optional<Slot> toKeepOneFresh() {
    var anyFresh = count(slot -> slot.fresh() || slot.coming()) > 0;
    if (anyFresh || settings.standby() == 0) {
      return Optional.empty();
    }
    return slots.stream()
        .filter(slot -> slot.taken() && !now.isBefore(slot.lastUsed.plus(settings.checkInterval())))
        .min(Comparator.comparing(slot -> slot.lastUsed));
  }

  private int count(Predicate<Slot> which) {
    return (int) slots.stream().filter(which).count();
  }
}
