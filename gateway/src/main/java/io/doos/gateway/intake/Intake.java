package io.doos.gateway.intake;

import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.JobRecord;
import io.doos.common.queue.JobPublisher;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import io.doos.common.trace.Taking;
import io.doos.common.trace.Traces;
import io.doos.gateway.access.Caller;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tenants.Quota;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes submissions into the farm. A ticket is answered once input, record and the broker's confirm
 * are durable, and never before; without one, nothing will run. Safe for use by any number of
 * threads.
 */
public final class Intake {

  /**
   * What the operator decides.
   *
   * @param rules what is refused at once
   * @param tickets the numbers to draw tickets from
   * @param patience how long a job may wait to be run before it expires
   */
  public record Config(SubmissionRules rules, TicketSource.Range tickets, Duration patience) {}

  private final Config config;
  private final Optional<WebhookBook> webhooks;
  private final Quota quota;
  private final Traces traces;
  private final Drafts drafts;
  private final InputPacking packing;
  private final Booking booking;
  private final ChosenTickets chosenTickets;

  /** An intake that takes no jobs whose ends are to be told. */
  public Intake(
      Config config,
      ObjectStore store,
      JobLedger ledger,
      JobPublisher publisher,
      SpoolSpace space,
      Quota quota,
      InstantSource clock) {
    this(config, store, ledger, publisher, space, quota, Optional.empty(), Traces.NONE, clock);
  }

  /**
   * @param quota how many open jobs a tenant may have
   * @param webhooks where it is written down who wants to be told of a job's end
   * @param traces where it tells of the jobs that it takes
   */
  public Intake(
      Config config,
      ObjectStore store,
      JobLedger ledger,
      JobPublisher publisher,
      SpoolSpace space,
      Quota quota,
      Optional<WebhookBook> webhooks,
      Traces traces,
      InstantSource clock) {
    var random = new SecureRandom();
    this.config = config;
    this.webhooks = webhooks;
    this.quota = quota;
    this.traces = traces;
    this.drafts = new Drafts(config.patience(), clock);
    this.packing = new InputPacking(new BundleStore(store, space, random), drafts);
    this.booking =
        new Booking(ledger, publisher, new TicketSource(random, config.tickets()), packing);
    this.chosenTickets = new ChosenTickets(ledger, publisher, packing, drafts);
  }

  /**
   * What became of a submission.
   *
   * @param isNew false when its client had chosen a ticket that is known already: the job is that
   *     one, as it was first submitted
   */
  public record Taken(Ticket ticket, boolean isNew) {}

  /**
   * Takes a submission.
   *
   * @param caller whose tenant the job is of, whatever the submission says
   * @param door where it came in
   * @return the job's ticket; it is in its queue, on disk
   * @throws Refusal saying to the client why there is no ticket
   * @throws IOException when this gateway's own disk failed
   * @throws InterruptedException when interrupted; there is no ticket then either
   */
  public Ticket submit(Submission submission, Caller caller, Door door)
      throws Refusal, IOException, InterruptedException {
    return take(submission, caller, door, _ -> {}).ticket();
  }

  /**
   * Takes a submission, or finds the job that its ticket stands for.
   *
   * @param caller whose tenant the job is of, whatever the submission says
   * @param door where it came in
   * @param drawn told the ticket of a new job before the job may run
   * @throws Refusal saying to the client why there is no job; a ticket that it chose may be
   *     submitted again
   * @throws IOException when this gateway's own disk failed
   * @throws InterruptedException when interrupted; a drawn ticket is taken back then
   */
  public Taken take(Submission submission, Caller caller, Door door, Consumer<Ticket> drawn)
      throws Refusal, IOException, InterruptedException {
    var sent = submission.extras().headers();
    try (var taking = taking(door, submission.work(), submission.pool(), sent)) {
      try {
        var taken = take(submission.withHeaders(taking.headers()), caller, drawn);
        taking.took(taken.ticket());
        return taken;
      } catch (Refusal | IOException | InterruptedException e) {
        taking.failed(e);
        throw e;
      }
    }
  }

  private Taking taking(Door door, Work work, Pool pool, Map<String, String> sent) {
    return traces.taking(door.word(), work.kind(), pool, sent);
  }

  private Taken take(Submission submission, Caller caller, Consumer<Ticket> drawn)
      throws Refusal, IOException, InterruptedException {
    config.rules().check(submission);
    if (!caller.mayUse(submission.pool())) {
      throw new Refusal.NotPermitted("Pool '" + submission.pool() + "' is not one of yours");
    }
    if (submission.extras().webhook() != null && webhooks.isEmpty()) {
      throw new Refusal.Invalid("There are no webhooks here (setting webhook.secret)");
    }
    var theirs = submission.withTenant(caller.tenantOf(submission.tenant()));
    var chosen = theirs.extras().ticket();
    try (var place =
        quota.take(caller, Optional.ofNullable(chosen)).orElseThrow(Refusal.TooManyJobs::new)) {
      Booking.Preparation before =
          job -> {
            drawn.accept(job.ticket());
            wish(job, theirs);
          };
      return chosen == null
          ? draw(theirs, place, before)
          : chosenTickets.take(chosen, theirs, caller, place, before);
    }
  }

  private Taken draw(Submission submission, Quota.Place place, Booking.Preparation before)
      throws Refusal, IOException, InterruptedException {
    var inputs = packing.inputs(submission);
    var job = booking.reserve(inputs, ticket -> drafts.record(ticket, submission, inputs));
    place.hold(job.ticket());
    booking.publish(job, before, place::drop);
    return new Taken(job.ticket(), true);
  }

  /** Before the job may run, or its end could come before anybody knows who wants to hear of it. */
  private void wish(JobRecord job, Submission submission) throws StoreFailure {
    var url = submission.extras().webhook();
    if (url != null) {
      webhooks.orElseThrow().wish(job.ticket(), url);
    }
  }

  /**
   * Takes a job once more, as it was submitted but for its ticket and its times. Nobody is told of
   * its end who was of the first one's.
   *
   * @return the new job's ticket
   * @throws Refusal also when its input files are gone
   */
  public Ticket again(JobRecord job) throws Refusal, IOException, InterruptedException {
    try (var taking = taking(Door.PAGE, job.message().work(), job.pool(), Map.of())) {
      try {
        var ticket = again(job, taking.headers());
        taking.took(ticket);
        return ticket;
      } catch (Refusal | IOException | InterruptedException e) {
        taking.failed(e);
        throw e;
      }
    }
  }

  private Ticket again(JobRecord job, Map<String, String> headers)
      throws Refusal, IOException, InterruptedException {
    var inputs = new Inputs(job.message().files(), packing.copied(job.message().bundle()));
    var again =
        booking.reserve(inputs, ticket -> drafts.again(job, ticket, inputs.bundle(), headers));
    booking.publish(again, _ -> {}, _ -> {});
    return again.ticket();
  }
}
