package io.doos.gateway.intake;

import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.JobRecord;
import io.doos.common.ledger.NoFreeTicketException;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.JobPublisher;
import io.doos.common.store.StoreFailure;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Gives a job a ticket that nobody has, and puts it into its queue; or takes the ticket back, so
 * that nothing runs of which nobody has a ticket.
 */
record Booking(
    JobLedger ledger, JobPublisher publisher, TicketSource tickets, InputPacking packing) {

  private static final Logger log = LoggerFactory.getLogger(Booking.class);

  /** What is to be done for a job between its ticket and its queue. */
  @FunctionalInterface
  interface Preparation {
    void prepare(JobRecord job) throws StoreFailure;
  }

  /** Draws a ticket; when this fails, the inputs are discarded. */
  JobRecord reserve(Inputs inputs, Function<Ticket, JobRecord> job) throws Refusal {
    try {
      return ledger.reserve(tickets, job);
    } catch (StoreFailure e) {
      packing.discard(inputs);
      throw Refusals.of(e);
    } catch (NoFreeTicketException e) {
      packing.discard(inputs);
      log.error("No ticket could be drawn", e);
      throw new Refusal.TryLater("No free ticket was found", e);
    }
  }

  /**
   * Publishes a job whose ticket was drawn; when this fails, the ticket is taken back.
   *
   * @param withdrawn is told when it was
   */
  void publish(JobRecord job, Preparation before, Consumer<Ticket> withdrawn)
      throws Refusal, InterruptedException {
    try {
      before.prepare(job);
      publisher.publish(job);
    } catch (BrokerFailure e) {
      withdraw(job.ticket(), withdrawn);
      throw Refusals.of(e, job.pool());
    } catch (StoreFailure e) {
      withdraw(job.ticket(), withdrawn);
      throw Refusals.of(e);
    } catch (InterruptedException e) {
      withdraw(job.ticket(), withdrawn);
      throw e;
    }
    queued(job);
  }

  /**
   * The message may be in the queue all the same: only its status can keep the job from running.
   */
  private void withdraw(Ticket ticket, Consumer<Ticket> withdrawn) {
    try {
      ledger.cancel(ticket, "The broker did not confirm it, and its ticket was never given out");
      withdrawn.accept(ticket);
    } catch (StoreFailure e) {
      log.error("Job {} was refused but could not be cancelled: it may run unseen", ticket, e);
    }
  }

  static void queued(JobRecord job) {
    try (var _ = MDC.putCloseable("ticket", job.ticket().value())) {
      log.info("Job {} for pool {} is queued", job.ticket(), job.pool());
    }
  }
}
