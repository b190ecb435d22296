package io.doos.gateway.tenants;

import io.doos.common.job.Ticket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The tickets of each tenant that have not ended, as far as is known here, and the jobs that are
 * just coming in. Knows neither store nor clock. Safe for use by any number of threads.
 */
final class OpenTickets {

  /** A ticket; {@code round} is the listing under way when it was noted. */
  private record Noted(String tenant, long round) {}

  private final Map<Ticket, Noted> open = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private long round;

  /** Takes one more place for {@code tenant}, unless it has {@code most} already. */
  synchronized boolean take(String tenant, int most) {
    var has = counts.getOrDefault(tenant, 0);
    if (has >= most) {
      return false;
    }
    counts.put(tenant, has + 1);
    return true;
  }

  /** Gives a place back that was taken, and got no ticket. */
  synchronized void giveBack(String tenant) {
    counts.computeIfPresent(tenant, (_, has) -> has == 1 ? null : has - 1);
  }

  /** The place that was taken is this ticket's now. */
  synchronized void hold(Ticket ticket, String tenant) {
    if (open.put(ticket, new Noted(tenant, round)) != null) {
      giveBack(tenant); // a listing saw it first, and took a place for it
    }
  }

  /** A job has ended. */
  synchronized void end(Ticket ticket) {
    var noted = open.remove(ticket);
    if (noted != null) {
      giveBack(noted.tenant());
    }
  }

  /** Whether a ticket is known. */
  synchronized boolean knows(Ticket ticket) {
    return open.containsKey(ticket);
  }

  /** A listing found a ticket that nobody here had given out. */
  synchronized void find(Ticket ticket, String tenant) {
    if (open.putIfAbsent(ticket, new Noted(tenant, round)) == null) {
      counts.merge(tenant, 1, Integer::sum);
    }
  }

  /** A listing begins; answers its number. */
  synchronized long beginRound() {
    return ++round;
  }

  /** The listing has ended: what it did not find, of what was noted before it began, has ended. */
  synchronized void endRound(long number, Set<Ticket> found) {
    Predicate<Map.Entry<Ticket, Noted>> isOver =
        entry -> entry.getValue().round() < number && !found.contains(entry.getKey());
    var over = open.entrySet().stream().filter(isOver).map(Map.Entry::getKey).toList();
    over.forEach(this::end);
  }

  /** How many places a tenant has. */
  synchronized int count(String tenant) {
    return Optional.ofNullable(counts.get(tenant)).orElse(0);
  }
}
