package io.doos.deploy.storm;

import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobLedger;
import io.doos.common.status.Status;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The longest time in which no job came to its end. */
final class Standstill {

  private Standstill() {}

  static Duration longest(JobLedger ledger, List<Ticket> tickets, Instant from, Instant to)
      throws StoreFailure {
    var ends = new ArrayList<>(List.of(from, to));
    for (var ticket : tickets) {
      ledger
          .read(ticket)
          .map(Status::times)
          .map(Status.Times::finishedAt)
          .filter(end -> end.isAfter(from) && end.isBefore(to))
          .ifPresent(ends::add);
    }
    Collections.sort(ends);
    var longest = Duration.ZERO;
    for (var i = 1; i < ends.size(); i++) {
      var gap = Duration.between(ends.get(i - 1), ends.get(i));
      longest = gap.compareTo(longest) > 0 ? gap : longest;
    }
    return longest;
  }
}
