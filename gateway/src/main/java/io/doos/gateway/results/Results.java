package io.doos.gateway.results;

import io.doos.common.job.Ticket;
import io.doos.common.ledger.Commit;
import io.doos.common.ledger.Dossier;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.Seen;
import io.doos.common.queue.Control;
import io.doos.common.status.Result;
import io.doos.common.status.Status;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import io.doos.gateway.access.Caller;
import io.doos.gateway.spool.SpoolException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * What became of a job. Keeps nothing: every answer comes from the store. A caller who is bound to
 * a tenant finds that tenant's jobs only; the others are not there for them. Safe for use by any
 * number of threads.
 */
public final class Results {

  private final JobLedger ledger;
  private final ObjectStore store;
  private final Control control;

  public Results(JobLedger ledger, ObjectStore store, Control control) {
    this.ledger = ledger;
    this.store = store;
    this.control = control;
  }

  /** How the job is doing; empty when there is no such job for them, or no more. */
  public Optional<Status> status(Ticket ticket, Caller caller) throws Unavailable {
    try {
      return ledger.look(ticket).filter(job -> caller.maySee(job.tenant())).map(Seen::status);
    } catch (StoreFailure e) {
      throw unavailable(e);
    }
  }

  /** All that is known of a job, whosever it is; for operators. */
  public Optional<Dossier> dossier(Ticket ticket) throws Unavailable {
    try {
      return ledger.dossier(ticket);
    } catch (StoreFailure e) {
      throw unavailable(e);
    }
  }

  /**
   * Writes a result to {@code target} and checks its size and SHA-256 on the way. After an
   * exception nothing that was written may be used, so {@code target} is a spool.
   *
   * @return false when the result is not there, because the job was deleted meanwhile
   * @throws Unavailable also when what the store has is not what the job left
   * @throws SpoolException when that spool failed
   */
  public boolean copy(Result result, OutputStream target) throws Unavailable, SpoolException {
    try {
      var found = store.open(result.object());
      if (found.isEmpty()) {
        return false;
      }
      try (var object = found.get()) {
        new CheckedResult(result, object.content()).transferTo(target);
      }
      return true;
    } catch (StoreFailure e) {
      throw unavailable(e);
    } catch (SpoolException e) {
      throw e;
    } catch (IOException e) {
      throw new Unavailable("The result could not be read whole", e);
    }
  }

  /**
   * Deletes a job with everything of it; one that waits will not start, one that runs is stopped.
   * Nothing happens when there is none for them.
   */
  public void delete(Ticket ticket, Caller caller) throws Unavailable {
    try {
      if (isHidden(ticket, caller)) {
        return;
      }
      if (ledger.delete(ticket)) {
        control.publishWithdrawn(ticket);
      }
    } catch (StoreFailure e) {
      throw unavailable(e);
    }
  }

  /**
   * Ends a job CANCELLED unless it has ended; one that waits will not start, one that runs is
   * stopped within seconds.
   *
   * @return how the job is now: cancelled, or how it had ended before; empty when there is none for
   *     them
   */
  public Optional<Status> cancel(Ticket ticket, Caller caller) throws Unavailable {
    try {
      if (isHidden(ticket, caller)) {
        return Optional.empty();
      }
      var commit = ledger.cancel(ticket, "A client cancelled it");
      if (commit.isEmpty()) {
        return Optional.empty();
      }
      return switch (commit.get()) {
        case Commit.Committed(var status) -> {
          control.publishWithdrawn(ticket);
          yield Optional.of(status);
        }
        case Commit.TooLate(var status) -> Optional.of(status);
        case Commit.Deleted _ -> Optional.empty();
      };
    } catch (StoreFailure e) {
      throw unavailable(e);
    }
  }

  /** Who sees all need not be looked up: a delete that broke off is finished by the next one. */
  private boolean isHidden(Ticket ticket, Caller caller) throws StoreFailure {
    return caller.tenant().isPresent()
        && ledger.look(ticket).filter(job -> caller.maySee(job.tenant())).isEmpty();
  }

  private static Unavailable unavailable(StoreFailure failure) {
    return switch (failure) {
      case StoreFailure.Unavailable _ ->
          new Unavailable("The object store does not answer", failure);
      case StoreFailure.Refused _ ->
          new Unavailable("The object store refuses the gateway", failure);
    };
  }
}
