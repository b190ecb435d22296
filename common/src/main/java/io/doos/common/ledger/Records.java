package io.doos.common.ledger;

import io.doos.common.job.Ticket;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Fields;
import io.doos.common.json.Json;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** The ledger's objects as what they mean. */
final class Records {

  private final ObjectStore store;

  Records(ObjectStore store) {
    this.store = store;
  }

  /** What the store knows of a job. */
  sealed interface Known {}

  /** It has not ended. */
  record Open(JobRecord job) implements Known {}

  /** It has ended or was deleted. */
  record Decided(Verdict verdict) implements Known {}

  /** Looks for a job wherever it may be in its life; empty when there is none. */
  Optional<Known> find(Ticket ticket) throws StoreFailure {
    var found = look(ticket);
    // Neither open nor ended: it never was, or it ended between the two reads. A second look tells.
    return found.isPresent() ? found : look(ticket);
  }

  private Optional<Known> look(Ticket ticket) throws StoreFailure {
    var verdict = verdict(ticket);
    return verdict.isPresent() ? verdict.map(Decided::new) : job(ticket).map(Open::new);
  }

  Optional<JobRecord> job(Ticket ticket) throws StoreFailure {
    return record(Keys.job(ticket), JobRecordJson::fromFields);
  }

  Optional<Claim> claim(Ticket ticket, int attempt) throws StoreFailure {
    return record(Keys.claim(ticket, attempt), Claim::fromFields);
  }

  Optional<Verdict> verdict(Ticket ticket) throws StoreFailure {
    return record(Keys.status(ticket), Verdict::fromFields);
  }

  /** Whether there is a verdict, for who need not know which. */
  boolean isDecided(Ticket ticket) throws StoreFailure {
    return store.exists(Keys.status(ticket));
  }

  /** Claims attempt {@code number}; empty when it is somebody else's. */
  Optional<Claim> claim(Ticket ticket, int number, Claimant claimant, Instant now)
      throws StoreFailure {
    var wish = new Claim(claimant.id(), claimant.worker(), now);
    return store.create(Keys.claim(ticket, number), wish.toJson())
        ? Optional.of(wish)
        : claim(ticket, number).filter(there -> there.isOf(claimant));
  }

  /** The number of a job's newest claim; 0 when there is none. */
  int newestClaim(Ticket ticket) throws StoreFailure {
    int newest = 0;
    for (var object : store.list(Keys.claims(ticket))) {
      newest = Math.max(newest, Keys.claimIn(object.key()).orElse(0));
    }
    return newest;
  }

  /**
   * Creates an object unless there is one; reads back when there is, since that may be our own, of
   * which the store's answer was lost.
   *
   * @param content unlike anybody else's
   */
  boolean isCreatedByUs(String key, byte[] content) throws StoreFailure {
    return store.create(key, content) || isThere(key, content);
  }

  /** Whether an object has exactly this content. */
  boolean isThere(String key, byte[] content) throws StoreFailure {
    return store.read(key).filter(there -> Arrays.equals(there, content)).isPresent();
  }

  private <T> Optional<T> record(String key, Form<T> form) throws StoreFailure {
    var bytes = store.read(key);
    try {
      return bytes.isEmpty() ? Optional.empty() : Optional.of(form.read(Json.fields(bytes.get())));
    } catch (BadJsonException | IllegalArgumentException e) {
      throw new LedgerDamaged(key, e);
    }
  }

  private interface Form<T> {
    T read(Fields fields) throws BadJsonException;
  }
}
