package io.doos.gateway.intake;

import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.Reserved;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.JobPublisher;
import io.doos.common.status.State;
import io.doos.common.store.StoreFailure;
import io.doos.gateway.access.Caller;
import io.doos.gateway.intake.Intake.Taken;
import io.doos.gateway.tenants.Quota;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes jobs whose clients chose the ticket. Whatever fails here may be tried again under the same
 * ticket, so nothing is taken back.
 */
record ChosenTickets(
    JobLedger ledger, JobPublisher publisher, InputPacking packing, Drafts drafts) {

  /** Takes the job, or finds the one that its ticket stands for. */
  Taken take(
      Ticket ticket,
      Submission submission,
      Caller caller,
      Quota.Place place,
      Booking.Preparation before)
      throws Refusal, IOException, InterruptedException {
    try {
      var seen = ledger.look(ticket);
      if (seen.isPresent() && seen.get().status().state() != State.ENQUEUED) {
        return known(ticket, seen.get().tenant(), caller);
      }
      var inputs = packing.inputs(submission);
      var reserved = ledger.reserve(drafts.record(ticket, submission, inputs));
      if (!(reserved instanceof Reserved.Anew)) {
        packing.discard(inputs);
      }
      return switch (reserved) {
        case Reserved.Anew(var job) -> {
          place.hold(ticket);
          before.prepare(job);
          publisher.publish(job);
          Booking.queued(job);
          yield new Taken(ticket, true);
        }
        case Reserved.Before(var job) -> {
          // Its gateway may have died before it published it; a second message harms nobody.
          var taken = known(ticket, job.message().tenant(), caller);
          publisher.publish(job);
          yield taken;
        }
        case Reserved.Ended(var end) -> known(ticket, end.tenant(), caller);
        case Reserved.Deleted _ -> throw new Refusal.TicketTaken(ticket, "was deleted");
      };
    } catch (BrokerFailure e) {
      throw Refusals.of(e, submission.pool());
    } catch (StoreFailure e) {
      throw Refusals.of(e);
    }
  }

  private static Taken known(Ticket ticket, @Nullable String tenant, Caller caller)
      throws Refusal.TicketTaken {
    if (!caller.maySee(tenant)) {
      throw new Refusal.TicketTaken(ticket, "is somebody else's");
    }
    return new Taken(ticket, false);
  }
}
