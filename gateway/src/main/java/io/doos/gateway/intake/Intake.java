package io.doos.gateway.intake;

import io.doos.common.job.Bundle;
import io.doos.common.job.InputFile;
import io.doos.common.job.JobJson;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.JobRecord;
import io.doos.common.ledger.NoFreeTicketException;
import io.doos.common.ledger.Reserved;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.JobPublisher;
import io.doos.common.status.State;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Takes submissions into the farm. A ticket is answered once input, record and the broker's confirm
 * are durable, and never before; without one, nothing will run. Safe for use by any number of
 * threads.
 */
public final class Intake {

  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  /** Inputs up to this size travel in the message itself, which saves an upload and a download. */
  static final int INLINE_BYTES = 64 * 1024;

  // Room for what comes around the message in its record and for text that JSON must escape.
  private static final int INLINE_MESSAGE_BYTES = JobMessage.MAX_BYTES - 16 * 1024;
  private static final Ticket LONGEST = new Ticket("9".repeat(64));

  /**
   * What the operator decides.
   *
   * @param rules what is refused at once
   * @param tickets the numbers to draw tickets from
   * @param patience how long a job may wait to be run before it expires
   */
  public record Config(SubmissionRules rules, TicketSource.Range tickets, Duration patience) {}

  private final Config config;
  private final JobLedger ledger;
  private final JobPublisher publisher;
  private final InstantSource clock;
  private final Optional<WebhookBook> webhooks;
  private final BundleStore bundles;
  private final TicketSource tickets;
  private final Quota quota;
  private final Traces traces;

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
    this.quota = quota;
    this.traces = traces;
    var random = new SecureRandom();
    this.config = config;
    this.webhooks = webhooks;
    this.ledger = ledger;
    this.publisher = publisher;
    this.clock = clock;
    this.bundles = new BundleStore(store, space, random);
    this.tickets = new TicketSource(random, config.tickets());
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
    return take(submission, caller, door).ticket();
  }

  /**
   * Takes a submission, or finds the job that its ticket stands for.
   *
   * @param caller whose tenant the job is of, whatever the submission says
   * @param door where it came in
   * @throws Refusal saying to the client why there is no job; a ticket that it chose may be
   *     submitted again
   * @throws IOException when this gateway's own disk failed
   * @throws InterruptedException when interrupted; a drawn ticket is taken back then
   */
  public Taken take(Submission submission, Caller caller, Door door)
      throws Refusal, IOException, InterruptedException {
    var sent = submission.extras().headers();
    try (var taking = taking(door, submission.work(), submission.pool(), sent)) {
      try {
        var taken = take(submission.withHeaders(taking.headers()), caller);
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

  private Taken take(Submission submission, Caller caller)
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
      return chosen == null ? draw(theirs, place) : takeAs(chosen, theirs, caller, place);
    }
  }

  private Taken draw(Submission submission, Quota.Place place)
      throws Refusal, IOException, InterruptedException {
    var inputs = inputs(submission);
    var job = reserve(inputs, ticket -> record(ticket, submission, inputs));
    place.hold(job.ticket());
    try {
      wish(job, submission);
      publisher.publish(job);
    } catch (BrokerFailure e) {
      withdraw(job.ticket(), place);
      throw refusal(e, job.pool());
    } catch (StoreFailure e) {
      withdraw(job.ticket(), place);
      throw refusal(e);
    } catch (InterruptedException e) {
      withdraw(job.ticket(), place);
      throw e;
    }
    return queued(job);
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
    var inputs = new Inputs(job.message().files(), copied(job.message().bundle()));
    var again = reserve(inputs, ticket -> again(job, ticket, inputs.bundle(), headers));
    try {
      publisher.publish(again);
    } catch (BrokerFailure e) {
      withdraw(again.ticket());
      throw refusal(e, again.pool());
    } catch (InterruptedException e) {
      withdraw(again.ticket());
      throw e;
    }
    return queued(again).ticket();
  }

  private JobRecord again(
      JobRecord job, Ticket ticket, @Nullable Bundle bundle, Map<String, String> headers) {
    var message = job.message();
    var limits = message.limits();
    var now = clock.instant();
    return new JobRecord(
        new JobMessage(
            ticket,
            message.work(),
            message.files(),
            bundle,
            now,
            new JobMessage.Limits(
                now.plus(config.patience()), limits.timeout(), limits.maxAttempts()),
            message.tenant()),
        job.pool(),
        job.priority(),
        null,
        null,
        headers);
  }

  /** Each job has a bundle of its own, which goes with it. */
  private @Nullable Bundle copied(@Nullable Bundle bundle) throws Refusal, IOException {
    if (bundle == null) {
      return null;
    }
    try {
      return bundles
          .copy(bundle)
          .orElseThrow(() ->
              new Refusal.Invalid(
                  "Its input files are gone: those of a job that is done are not kept"));
    } catch (StoreFailure e) {
      throw refusal(e);
    }
  }

  /** Whatever fails here may be tried again under the same ticket, so nothing is taken back. */
  private Taken takeAs(Ticket ticket, Submission submission, Caller caller, Quota.Place place)
      throws Refusal, IOException, InterruptedException {
    try {
      var seen = ledger.look(ticket);
      if (seen.isPresent() && seen.get().status().state() != State.ENQUEUED) {
        return known(ticket, seen.get().tenant(), caller);
      }
      var inputs = inputs(submission);
      var reserved = ledger.reserve(record(ticket, submission, inputs));
      if (!(reserved instanceof Reserved.Anew)) {
        discard(inputs);
      }
      return switch (reserved) {
        case Reserved.Anew(var job) -> {
          place.hold(ticket);
          wish(job, submission);
          publisher.publish(job);
          yield queued(job);
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
      throw refusal(e, submission.pool());
    } catch (StoreFailure e) {
      throw refusal(e);
    }
  }

  private static Taken known(Ticket ticket, @Nullable String tenant, Caller caller)
      throws Refusal.TicketTaken {
    if (!caller.maySee(tenant)) {
      throw new Refusal.TicketTaken(ticket, "is somebody else's");
    }
    return new Taken(ticket, false);
  }

  private static Taken queued(JobRecord job) {
    try (var _ = MDC.putCloseable("ticket", job.ticket().value())) {
      log.info("Job {} for pool {} is queued", job.ticket(), job.pool());
    }
    return new Taken(job.ticket(), true);
  }

  /** Before the job may run, or its end could come before anybody knows who wants to hear of it. */
  private void wish(JobRecord job, Submission submission) throws StoreFailure {
    var url = submission.extras().webhook();
    if (url != null) {
      webhooks.orElseThrow().wish(job.ticket(), url);
    }
  }

  private Inputs inputs(Submission submission) throws Refusal, IOException {
    var inline = inline(submission);
    if (inline.isPresent()) {
      return inline.get();
    }
    try {
      return new Inputs(stored(submission), bundles.upload(submission.files()));
    } catch (StoreFailure e) {
      throw refusal(e);
    }
  }

  private Optional<Inputs> inline(Submission submission) throws IOException {
    if (submission.extras().bundle() != null) {
      return Optional.of(new Inputs(stored(submission), submission.extras().bundle()));
    }
    if (submission.bytes() > INLINE_BYTES) {
      return Optional.empty();
    }
    var files = new ArrayList<InputFile>(stored(submission));
    for (var file : submission.files()) {
      files.add(new InputFile.Inline(file.name(), file.content().read(INLINE_BYTES)));
    }
    var inputs = new Inputs(List.copyOf(files), null);
    var message = message(LONGEST, submission, inputs);
    return JobJson.write(message).length <= INLINE_MESSAGE_BYTES
        ? Optional.of(inputs)
        : Optional.empty();
  }

  private static List<InputFile> stored(Submission submission) {
    return List.copyOf(submission.extras().stored());
  }

  private JobRecord reserve(Inputs inputs, Function<Ticket, JobRecord> job) throws Refusal {
    try {
      return ledger.reserve(tickets, job);
    } catch (StoreFailure e) {
      discard(inputs);
      throw refusal(e);
    } catch (NoFreeTicketException e) {
      discard(inputs);
      log.error("No ticket could be drawn", e);
      throw new Refusal.TryLater("No free ticket was found", e);
    }
  }

  private JobRecord record(Ticket ticket, Submission submission, Inputs inputs) {
    return new JobRecord(
        message(ticket, submission, inputs),
        submission.pool(),
        submission.priority(),
        null,
        null,
        submission.extras().headers());
  }

  private JobMessage message(Ticket ticket, Submission submission, Inputs inputs) {
    var now = clock.instant();
    var extras = submission.extras();
    var latest = now.plus(config.patience());
    var notAfter =
        extras.notAfter() != null && extras.notAfter().isBefore(latest)
            ? extras.notAfter()
            : latest;
    return new JobMessage(
        ticket,
        submission.work(),
        inputs.files(),
        inputs.bundle(),
        now,
        new JobMessage.Limits(notAfter, submission.timeout(), extras.maxAttempts()),
        submission.tenant());
  }

  private void discard(Inputs inputs) {
    var bundle = inputs.bundle();
    if (bundle != null && bundles.isOurs(bundle)) {
      bundles.discard(bundle);
    }
  }

  /**
   * The message may be in the queue all the same: only its status can keep the job from running.
   */
  private void withdraw(Ticket ticket, Quota.Place place) {
    if (withdraw(ticket)) {
      place.drop(ticket);
    }
  }

  private boolean withdraw(Ticket ticket) {
    try {
      ledger.cancel(ticket, "The broker did not confirm it, and its ticket was never given out");
      return true;
    } catch (StoreFailure e) {
      log.error("Job {} was refused but could not be cancelled: it may run unseen", ticket, e);
      return false;
    }
  }

  private static Refusal refusal(StoreFailure failure) {
    log.warn("The object store failed", failure);
    return switch (failure) {
      case StoreFailure.Unavailable _ ->
          new Refusal.TryLater("The object store does not answer", failure);
      case StoreFailure.Refused _ ->
          new Refusal.TryLater("The object store refuses the gateway", failure);
    };
  }

  private static Refusal refusal(BrokerFailure failure, Pool pool) {
    log.warn("A job for pool {} was not taken: {}", pool, failure.getMessage());
    return switch (failure) {
      case BrokerFailure.Unavailable _ ->
          new Refusal.TryLater("The message broker does not answer", failure);
      case BrokerFailure.Refused _ -> new Refusal.Busy("The queue is full", failure);
      case BrokerFailure.NoSuchPool _ ->
          new Refusal.TryLater("No worker has ever served pool '" + pool + "'", failure);
    };
  }
}
