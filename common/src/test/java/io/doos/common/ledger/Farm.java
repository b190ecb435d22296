package io.doos.common.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.FormatMethod;
import io.doos.common.janitor.Janitor;
import io.doos.common.job.Bundle;
import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.queue.Broker;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.Control;
import io.doos.common.queue.DeadLetters;
import io.doos.common.queue.Deliveries;
import io.doos.common.queue.Events;
import io.doos.common.queue.JobFacts;
import io.doos.common.queue.JobPublisher;
import io.doos.common.queue.Queues;
import io.doos.common.queue.Workers;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.FakeObjectStore;
import io.doos.common.store.FakeObjectStore.Call;
import io.doos.common.store.FakeObjectStore.Fault;
import io.doos.common.store.FakeObjectStore.Operation;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A farm small enough to be watched: gateways, direct publishers, workers, clients and janitors
 * around one ledger, with a broker that may deliver twice and may lose what waits. Everybody may
 * die, freeze or meet a failing store or broker before any single operation of it; clocks disagree,
 * and time passes at any moment. After each operation the {@link Promises} of the ledger are
 * checked.
 */
final class Farm {

  static final int MAX_ATTEMPTS = 2;
  static final int MAX_LOST = 3;

  private static final Instant START = Instant.parse("2026-11-22T13:40:00Z");
  private static final Duration RETENTION = Duration.ofDays(7);
  private static final JobLedger.Rules RULES =
      new JobLedger.Rules(
          MAX_ATTEMPTS,
          MAX_LOST,
          RETENTION,
          new RunTimes(Duration.ofSeconds(30), Duration.ofMinutes(1), 1, 1, 0));
  private static final int TICKETS = 5;
  private static final int PATIENCE = 4;

  private final Random random;
  private final Schedule schedule;
  private Instant now = START;
  private final FakeObjectStore store = new FakeObjectStore(() -> now);
  private final Promises promises = new Promises(store);
  private final List<String> trace = new ArrayList<>();
  private final List<Message> queue = new ArrayList<>();
  private final Broker broker = new ModelBroker();
  private final Map<Schedule.Actor, Message> unacked = new HashMap<>();

  /** A farm where many offices crash, to the last job's end. */
  private final boolean isCrashy;

  /** A farm where many processes die, and at last every worker that has a job. */
  private final boolean isDeadly;

  private boolean calm;
  private int counter;

  private record Message(JobRecord job, Arrival arrival) {}

  Farm(long seed) {
    random = new Random(seed);
    isCrashy = random.nextInt(3) == 0;
    isDeadly = random.nextInt(3) == 0;
    schedule = new Schedule(random);
    store.interfere(this::before);
  }

  List<String> trace() {
    return trace;
  }

  /** Many things happen at once; then all goes well until nothing is left to do. */
  void live(int steps) throws Throwable {
    try {
      for (var i = 0; i < steps; i++) {
        something();
        promises.check();
      }
      calm = true;
      drain();
      promises.checkDrained();
      waitUntilSwept();
      promises.checkSwept();
    } finally {
      schedule.killAll();
    }
  }

  private void drain() throws Throwable {
    finish();
    for (var rounds = 0; hasOpenJobs(); rounds++) {
      assertThat(rounds).as("rounds of the janitor").isLessThan(100);
      now = now.plus(Duration.ofMinutes(10));
      startJanitor();
      finish();
    }
  }

  private void finish() throws Throwable {
    while (!schedule.isDone() || !queue.isEmpty()) {
      if (schedule.isDone()) {
        startWorker();
      }
      schedule.step();
      promises.check();
    }
  }

  private boolean hasOpenJobs() {
    return store.keys().stream().anyMatch(key -> key.startsWith(Keys.INPUTS));
  }

  /** First what ended is buried, then its tombstone goes, and the bundles that nobody came for. */
  private void waitUntilSwept() throws Throwable {
    for (var times = 0; times < 3; times++) {
      now = now.plus(RETENTION).plus(Duration.ofDays(1));
      startSweep();
      while (!schedule.isDone()) {
        schedule.step();
      }
    }
  }

  private void something() throws Throwable {
    if (isDeadly && random.nextInt(12) == 0) {
      killSomebody();
      return;
    }
    switch (random.nextInt(48)) {
      case 0, 1 -> startGateway();
      case 2 -> publishDirectly();
      case 3, 4, 5 -> startWorker();
      case 6 -> duplicateMessage();
      case 7 -> startCancel();
      case 8 -> startDelete();
      case 9 -> startReader();
      case 10 -> killSomebody();
      case 11 -> loseLink();
      case 12, 13 -> startJanitor();
      case 14 -> startSweep();
      case 15 -> loseMessage();
      case 16, 17 -> passTime();
      default -> {
        if (!schedule.isDone()) {
          schedule.step();
        }
      }
    }
  }

  // ---- the store, one operation at a time

  private Fault before(Call call) {
    schedule.pause();
    var fault = calm ? Fault.NONE : fault(call);
    say("%s %s%s", call.operation(), call.key(), fault == Fault.NONE ? "" : " " + fault);
    promises.before(call);
    return fault;
  }

  private Fault fault(Call call) {
    return switch (random.nextInt(30)) {
      case 0 -> Fault.UNAVAILABLE;
      case 1 -> Fault.ANSWER_LOST;
      case 2 -> call.operation() == Operation.CREATE ? Fault.TRIED_AGAIN : Fault.NONE;
      default -> Fault.NONE;
    };
  }

  // ---- who acts

  private void startGateway() {
    if (promises.reserved() == TICKETS) {
      return;
    }
    var ledger = ledger();
    var limits = limits();
    var number = counter++;
    schedule.start("gateway" + number, () -> submit(ledger, number, limits));
  }

  /** As the intake does. */
  private void submit(JobLedger ledger, int number, JobMessage.Limits limits) throws Exception {
    var bundle = random.nextBoolean() ? Keys.BUNDLES + number + ".zip" : null;
    List<Ticket> drawn = new ArrayList<>();
    JobRecord job;
    try {
      if (bundle != null) {
        store.put(bundle, new byte[1]);
      }
      job =
          ledger.reserve(
              this::draw,
              ticket -> {
                drawn.add(ticket);
                return job(ticket, "gateway's " + number, limits, bundle);
              });
    } catch (StoreFailure e) {
      say("answers ERROR");
      if (!drawn.isEmpty()) {
        tryTo(() -> ledger.cancel(drawn.getLast(), "not reserved"));
      }
      return; // in a real farm the bundle goes too, or the janitor finds it
    } catch (NoFreeTicketException e) {
      return;
    }
    promises.checkReserved(job.ticket());
    schedule.pause();
    var fails = random.nextInt(6) == 0;
    if (!fails || random.nextBoolean()) {
      queue.add(new Message(job, Arrival.FRESH));
    }
    if (fails) {
      say("cannot publish %s", job.ticket());
      patiently(_ -> ledger.cancel(job.ticket(), "not published"));
      promises.withdrawn(job.ticket());
    } else {
      promises.given(job.ticket());
    }
  }

  private void publishDirectly() {
    var ticket = new Ticket("direct" + random.nextInt(2));
    var job = job(ticket, "direct " + counter++, limits(), null);
    queue.add(new Message(job, Arrival.FRESH));
    trace.add("published " + ticket);
  }

  private void duplicateMessage() {
    if (!queue.isEmpty()) {
      var message = queue.get(random.nextInt(queue.size()));
      queue.add(new Message(message.job, Arrival.FRESH));
      trace.add("duplicated " + message.job.ticket());
    }
  }

  private void startWorker() {
    if (queue.isEmpty()) {
      return;
    }
    var message = queue.remove(random.nextInt(queue.size()));
    var name = name("worker");
    var skew = skew();
    var actor = schedule.start(name, () -> work(message, name, skew));
    unacked.put(actor, message);
    trace.add("%s takes %s, %s".formatted(actor, message.job.ticket(), message.arrival));
  }

  private void work(Message message, String worker, Duration skew) throws Exception {
    var ledger = ledger(skew);
    var claimant = Claimant.of(worker);
    @Nullable Begin begin = patiently(_ -> ledger.begin(message.job, claimant, message.arrival));
    @Nullable JobRecord ran = null;
    while (begin instanceof Begin.Claimed claimed) {
      promises.checkStart(claimed, now.plus(skew));
      ran = claimed.job();
      begin = runClaimed(ledger, claimed, claimant);
    }
    switch (begin) {
      case Begin.Ended(var status) -> {
        promises.checkFinal(status);
        tidy(ledger, ran, status);
      }
      case Begin.Deleted() -> promises.checkDeleted(message.job.ticket());
      case Begin.Duplicate() -> say("duplicate");
      case Begin.Claimed _ -> throw new AssertionError();
      case null -> {
        return;
      }
    }
    schedule.pause();
    unacked.remove(schedule.current());
  }

  /** What it ran itself, and once the world has heard of the end. */
  private void tidy(JobLedger ledger, @Nullable JobRecord ran, Status end) {
    if (ran != null) {
      schedule.pause();
      tryTo(() -> ledger.tidy(ran, end));
    }
  }

  private @Nullable Begin runClaimed(JobLedger ledger, Begin.Claimed claimed, Claimant claimant)
      throws Exception {
    var ticket = claimed.job().ticket();
    say("starts %s attempt %d", ticket, claimed.attempt());
    schedule.pause();
    if (calm && isDeadly) {
      requeue(schedule.current());
      throw new Schedule.Killed();
    }
    int fate = calm ? (isCrashy ? 0 : 9) : random.nextInt(isCrashy ? 4 : 10);
    switch (fate) {
      case 0, 1 -> {
        promises.officeDied(ticket);
        say("its office dies");
        return patiently(_ -> {
          ledger.end(claimed, AttemptEnd.OFFICE_CRASHED);
          return ledger.beginAgain(claimed, claimant);
        });
      }
      case 2 -> {
        tryTo(() -> ledger.end(claimed, AttemptEnd.HANDED_BACK));
        schedule.pause();
        requeue(schedule.current());
        return null;
      }
      case 3 -> {
        requeue(schedule.current());
        tryTo(() -> ledger.end(claimed, AttemptEnd.LINK_LOST));
        return null;
      }
      case 4 -> {
        if (patiently(_ -> ledger.isDecided(ticket))) {
          unacked.remove(schedule.current());
          return null;
        }
      }
      default -> {}
    }
    return store(ledger, claimed, claimant.worker());
  }

  private Begin store(JobLedger ledger, Begin.Claimed claimed, String worker) throws Exception {
    var ticket = claimed.job().ticket();
    var key = Keys.result(ticket, claimed.attempt());
    var content = "%s by %s".formatted(ticket, worker).getBytes(UTF_8);
    patiently(_ -> {
      store.put(key, content);
      return true;
    });
    var result = new Result(key, content.length, Promises.sha256(content), List.of(), false);
    var ending =
        random.nextInt(4) == 0
            ? new Ending(
                State.FAILED, JobError.of(ErrorCode.MACRO_ERROR, worker), result, null, null, null)
            : new Ending(State.DONE, null, result, worker, null, null);
    return switch (patiently(tries -> commit(ledger, claimed, worker, ending, tries == 0))) {
      case Commit.Committed(var status) -> new Begin.Ended(status);
      case Commit.TooLate(var status) -> {
        discard(key, status);
        yield new Begin.Ended(status);
      }
      case Commit.Deleted _ -> {
        discard(key, null);
        yield new Begin.Deleted();
      }
    };
  }

  private Commit commit(
      JobLedger ledger, Begin.Claimed claimed, String worker, Ending ending, boolean firstTry)
      throws StoreFailure {
    var commit = ledger.commit(claimed, worker, ending);
    if (firstTry && commit instanceof Commit.TooLate(var status)) {
      assertThat(status.result()).as("somebody else's").isNotEqualTo(ending.result());
    }
    return commit;
  }

  private void discard(String key, @Nullable Status visible) throws StoreFailure {
    var shown = visible == null ? null : visible.result();
    if (shown == null || !shown.object().equals(key)) {
      try {
        store.delete(key);
      } catch (StoreFailure e) {
        say("leaves %s behind", key);
      }
    }
  }

  private void startCancel() {
    var ticket = some();
    var ledger = ledger();
    schedule.start(
        name("cancel"),
        () -> {
          var known = promises.isKnown(ticket);
          var commit = patiently(_ -> ledger.cancel(ticket, "a client asked"));
          if (commit.isPresent() || known) {
            promises.withdrawn(ticket);
          }
          switch (commit.orElse(new Commit.Deleted())) {
            case Commit.Committed(var status) -> promises.checkFinal(status);
            case Commit.TooLate(var status) -> promises.checkFinal(status);
            case Commit.Deleted _ -> {}
          }
        });
  }

  private void startDelete() {
    var ticket = some();
    var ledger = ledger();
    schedule.start(
        name("delete"),
        () -> {
          var known = promises.isKnown(ticket);
          promises.deleting(ticket);
          var was = patiently(_ -> ledger.delete(ticket));
          say("%s was %sthere", ticket, was ? "" : "not ");
          if (was || known) {
            promises.withdrawn(ticket);
            promises.checkDeleted(ticket);
          }
        });
  }

  private void startReader() {
    var ticket = some();
    var ledger = ledger();
    schedule.start(
        name("reader"),
        () -> {
          var before = promises.beforeRead(ticket);
          promises.checkRead(before, patiently(_ -> ledger.read(ticket)));
        });
  }

  /** A gateway's janitor for one turn. */
  private void startJanitor() {
    var janitor = janitor();
    schedule.start(name("janitor"), janitor::lookAfterOpenJobs);
  }

  private void startSweep() {
    var janitor = janitor();
    schedule.start(name("sweep"), janitor::sweep);
  }

  private Janitor janitor() {
    var skew = skew();
    return new Janitor(
        new Janitor.Config(RETENTION.plus(Duration.ofDays(1))),
        store,
        ledger(skew).upkeep(),
        broker,
        () -> now.plus(skew));
  }

  // ---- what goes wrong

  /** The broker loses a message that waits. */
  private void loseMessage() {
    if (!queue.isEmpty()) {
      var lost = queue.remove(random.nextInt(queue.size()));
      trace.add("a message for " + lost.job.ticket() + " is lost");
    }
  }

  private void passTime() {
    var minutes = List.of(1, 1, 3, 10, 70);
    now = now.plus(Duration.ofMinutes(minutes.get(random.nextInt(minutes.size()))));
    trace.add("it is " + now);
  }

  private void killSomebody() throws Throwable {
    if (!schedule.isDone()) {
      var victim = schedule.kill();
      trace.add(victim + " dies");
      requeue(victim);
    }
  }

  /** A worker freezes for so long that the broker gives its message to another. */
  private void loseLink() {
    if (!unacked.isEmpty()) {
      var frozen =
          unacked.keySet().stream().sorted(Comparator.comparing(Object::toString)).toList();
      var actor = frozen.get(random.nextInt(frozen.size()));
      trace.add(actor + " loses its link");
      requeue(actor);
    }
  }

  private void requeue(Schedule.Actor actor) {
    var message = unacked.remove(actor);
    if (message != null) {
      queue.add(new Message(message.job, Arrival.REDELIVERED));
    }
  }

  // ---- small things

  @FunctionalInterface
  private interface Tried<T> {
    T go(int tries) throws StoreFailure;
  }

  /** As workers and gateways do: again when the store fails, but not for ever. */
  private <T> T patiently(Tried<T> tried) {
    for (var tries = 0; tries < PATIENCE; tries++) {
      try {
        return tried.go(tries);
      } catch (StoreFailure e) {
        say("tries again");
      }
    }
    say("gives up");
    requeue(schedule.current());
    throw new Schedule.Killed();
  }

  /** What may fail without harm. */
  @FunctionalInterface
  private interface BestEffort {
    void go() throws StoreFailure;
  }

  private void tryTo(BestEffort effort) {
    try {
      effort.go();
    } catch (StoreFailure e) {
      say("leaves it");
    }
  }

  private JobLedger ledger() {
    return ledger(skew());
  }

  /** The ledger as a process sees it whose clock is wrong. */
  private JobLedger ledger(Duration skew) {
    return new JobLedger(store, () -> now.plus(skew), RULES);
  }

  private Duration skew() {
    return calm ? Duration.ZERO : Duration.ofMinutes(random.nextInt(5) - 2L);
  }

  private JobMessage.Limits limits() {
    return random.nextBoolean()
        ? JobMessage.Limits.DEFAULT
        : new JobMessage.Limits(now.plus(Duration.ofMinutes(5 + random.nextInt(90))), null, null);
  }

  private Ticket draw() {
    return new Ticket(String.valueOf(random.nextInt(TICKETS)));
  }

  private Ticket some() {
    return random.nextInt(4) == 0 ? new Ticket("direct" + random.nextInt(2)) : draw();
  }

  private String name(String role) {
    return role + counter++;
  }

  private JobRecord job(
      Ticket ticket, String script, JobMessage.Limits limits, @Nullable String bundle) {
    var file = new InputFile.Inline("main.script", script.getBytes(UTF_8));
    var message =
        new JobMessage(
            ticket,
            new Work.RunMacro("main.script", "Main", List.of()),
            List.of(file),
            bundle == null ? null : new Bundle(bundle, "0".repeat(64)),
            now,
            limits,
            null);
    var job = new JobRecord(message, Pool.DEFAULT, null, null, null, Map.of());
    promises.offered(job);
    return job;
  }

  @FormatMethod
  private void say(String what, Object... details) {
    trace.add(schedule.current() + ": " + what.formatted(details));
  }

  /** What the janitor sees of the broker. */
  private final class ModelBroker implements Broker {
    @Override
    public JobPublisher jobs() {
      return job -> {
        schedule.pause();
        if (!calm && random.nextInt(8) == 0) {
          throw new BrokerFailure.Unavailable("as planned", null);
        }
        say("publishes %s again", job.ticket());
        queue.add(new Message(job, Arrival.RECOVERED));
      };
    }

    @Override
    public Queues queues() {
      return _ -> {
        schedule.pause();
        return queue.size();
      };
    }

    @Override
    public Events events() {
      return new Events() {
        @Override
        public void publish(Status status, JobFacts facts) {
          promises.checkFinal(status);
        }

        @Override
        public void reply(String replyTo, @Nullable String correlationId, Status status) {
          throw new AssertionError("nobody wants one");
        }

        @Override
        public AutoCloseable subscribe(BiConsumer<Status, JobFacts> listener) {
          throw new UnsupportedOperationException();
        }
      };
    }

    @Override
    public Deliveries deliveries() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Control control() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Workers workers() {
      throw new UnsupportedOperationException();
    }

    @Override
    public DeadLetters deadLetters() {
      throw new UnsupportedOperationException();
    }
  }
}
