package io.doos.common.ledger;

import io.doos.common.job.Ticket;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Json;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects all that is known of one job: a listing and a read for each object. */
final class Dossiers {

  private final ObjectStore store;
  private final Records records;
  private final Reading reading;

  Dossiers(ObjectStore store, Records records, Reading reading) {
    this.store = store;
    this.records = records;
    this.reading = reading;
  }

  Optional<Dossier> of(Ticket ticket) throws StoreFailure {
    var found = records.find(ticket);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return switch (found.get()) {
      case Records.Open(var job) -> Optional.of(new Dossier(reading.open(job), job, tries(ticket)));
      case Records.Decided(Verdict.Final(_, var status, var job)) ->
          Optional.of(new Dossier(status, job, tries(ticket)));
      case Records.Decided(Verdict.Tombstone _) -> Optional.empty();
    };
  }

  private List<Dossier.Try> tries(Ticket ticket) throws StoreFailure {
    var tries = new ArrayList<Dossier.Try>();
    for (var object : store.list(Keys.claims(ticket))) {
      var number = Keys.claimIn(object.key());
      if (number.isPresent()) {
        var attempt = number.getAsInt();
        records
            .claim(ticket, attempt)
            .ifPresent(claim ->
                tries.add(new Dossier.Try(attempt, claim.worker(), claim.at(), Optional.empty())));
      }
    }
    tries.sort(Comparator.comparingInt(Dossier.Try::attempt));
    for (var i = 0; i < tries.size(); i++) {
      var one = tries.get(i);
      tries.set(
          i,
          new Dossier.Try(
              one.attempt(), one.worker(), one.claimedAt(), end(ticket, one.attempt())));
    }
    return tries;
  }

  private Optional<Dossier.End> end(Ticket ticket, int attempt) throws StoreFailure {
    var key = Keys.end(ticket, attempt);
    var json = store.read(key);
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      var fields = Json.fields(json.get());
      return Optional.of(
          new Dossier.End(AttemptEnd.valueOf(fields.text("how")), fields.instant("at")));
    } catch (BadJsonException | IllegalArgumentException e) {
      throw new LedgerDamaged(key, e);
    }
  }
}
