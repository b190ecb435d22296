package io.doos.common.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.FormatMethod;
import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
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
import org.jspecify.annotations.Nullable;

/**
 * A farm small enough to be watched: gateways, direct publishers, workers and clients around one
 * ledger, with a broker that loses nothing and may deliver twice. Everybody may die, freeze or meet
 * a failing store before any single operation of it. After each operation the {@link Promises} of
 * the ledger are checked.
 */
final class Farm {

  static final int MAX_ATTEMPTS = 2;
  static final int MAX_LOST = 3;

  private static final Instant NOW = Instant.parse("2026-11-22T13:40:00Z");
  private static final int TICKETS = 5;
  private static final int PATIENCE = 4;

  private final Random random;
  private final Schedule schedule;
  private final FakeObjectStore store = new FakeObjectStore(() -> NOW);
  private final JobLedger ledger =
      new JobLedger(
          store, () -> NOW, new JobLedger.Rules(MAX_ATTEMPTS, MAX_LOST, Duration.ofDays(7)));
  private final Promises promises = new Promises(store);
  private final List<String> trace = new ArrayList<>();
  private final List<Message> queue = new ArrayList<>();
  private final Map<Schedule.Actor, Message> unacked = new HashMap<>();
  private boolean calm;
  private int counter;

  private final Map<Schedule.Actor, List<Ticket>> drawn = new HashMap<>();

  private record Message(JobRecord job, boolean redelivered) {}

  Farm(long seed) {
    random = new Random(seed);
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
      while (!schedule.isDone() || !queue.isEmpty()) {
        if (schedule.isDone()) {
          startWorker();
        }
        schedule.step();
        promises.check();
      }
      promises.checkDrained();
    } finally {
      schedule.killAll();
    }
  }

  private void something() throws Throwable {
    switch (random.nextInt(40)) {
      case 0, 1 -> startGateway();
      case 2 -> publishDirectly();
      case 3, 4, 5 -> startWorker();
      case 6 -> duplicateMessage();
      case 7 -> startCancel();
      case 8 -> startDelete();
      case 9 -> startReader();
      case 10 -> killSomebody();
      case 11 -> loseLink();
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
    schedule.start(
        name("gateway"),
        () -> {
          var number = counter++;
          JobRecord job;
          try {
            job = ledger.reserve(this::drawn, ticket -> job(ticket, "gateway's " + number));
          } catch (StoreFailure e) {
            say("answers ERROR");
            promises.doubt(drawn.getOrDefault(schedule.current(), List.of()));
            return;
          } catch (NoFreeTicketException e) {
            return;
          }
          promises.checkReserved(job.ticket());
          schedule.pause();
          var fails = random.nextInt(6) == 0;
          if (!fails || random.nextBoolean()) {
            queue.add(new Message(job, false));
          }
          if (fails) {
            say("cannot publish %s", job.ticket());
            patiently(_ -> ledger.cancel(job.ticket(), "not published"));
            promises.withdrawn(job.ticket());
          } else {
            promises.given(job.ticket());
          }
        });
  }

  private void publishDirectly() {
    var ticket = new Ticket("direct" + random.nextInt(2));
    queue.add(new Message(job(ticket, "direct " + counter++), false));
    trace.add("published " + ticket);
  }

  private void duplicateMessage() {
    if (!queue.isEmpty()) {
      var message = queue.get(random.nextInt(queue.size()));
      queue.add(new Message(message.job, false));
      trace.add("duplicated " + message.job.ticket());
    }
  }

  private void startWorker() {
    if (queue.isEmpty()) {
      return;
    }
    var message = queue.remove(random.nextInt(queue.size()));
    var name = name("worker");
    var actor = schedule.start(name, () -> work(message, name));
    unacked.put(actor, message);
    trace.add(actor + " takes " + message.job.ticket() + (message.redelivered ? " again" : ""));
  }

  private void work(Message message, String worker) throws Exception {
    var fresh = !message.redelivered;
    @Nullable Begin begin =
        patiently(tries -> ledger.begin(message.job, worker, fresh && tries == 0));
    while (begin instanceof Begin.Claimed claimed) {
      begin = runClaimed(claimed, worker);
    }
    switch (begin) {
      case Begin.Ended(var status) -> promises.checkFinal(status);
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

  private @Nullable Begin runClaimed(Begin.Claimed claimed, String worker) throws Exception {
    var ticket = claimed.job().ticket();
    say("starts %s attempt %d", ticket, claimed.attempt());
    promises.checkStart(claimed);
    schedule.pause();
    switch (calm ? 9 : random.nextInt(10)) {
      case 0, 1 -> {
        promises.officeDied(ticket);
        say("its office dies");
        return patiently(_ -> {
          ledger.end(claimed, AttemptEnd.OFFICE_CRASHED);
          return ledger.beginAgain(claimed, worker);
        });
      }
      case 2 -> {
        tryToEnd(claimed, AttemptEnd.HANDED_BACK);
        schedule.pause();
        requeue(schedule.current());
        return null;
      }
      case 3 -> {
        requeue(schedule.current());
        tryToEnd(claimed, AttemptEnd.LINK_LOST);
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
    return store(claimed, worker);
  }

  private Begin store(Begin.Claimed claimed, String worker) throws Exception {
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
    return switch (patiently(tries -> commit(claimed, worker, ending, tries == 0))) {
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

  private Commit commit(Begin.Claimed claimed, String worker, Ending ending, boolean firstTry)
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

  private void tryToEnd(Begin.Claimed claimed, AttemptEnd how) {
    try {
      ledger.end(claimed, how);
    } catch (StoreFailure e) {
      say("could not record %s", how);
    }
  }

  private void startCancel() {
    var ticket = some();
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
    schedule.start(
        name("reader"),
        () -> {
          var before = promises.beforeRead(ticket);
          promises.checkRead(before, patiently(_ -> ledger.read(ticket)));
        });
  }

  // ---- what goes wrong

  private void killSomebody() throws Throwable {
    if (!schedule.isDone()) {
      var victim = schedule.kill();
      trace.add(victim + " dies");
      promises.doubt(drawn.getOrDefault(victim, List.of()));
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
      queue.add(new Message(message.job, true));
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

  private Ticket drawn() {
    var ticket = draw();
    drawn.computeIfAbsent(schedule.current(), _ -> new ArrayList<>()).add(ticket);
    return ticket;
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

  private static JobRecord job(Ticket ticket, String script) {
    var file = new InputFile.Inline("main.script", script.getBytes(UTF_8));
    var message =
        new JobMessage(
            ticket,
            new Work.RunMacro("main.script", "Main", List.of()),
            List.of(file),
            null,
            NOW,
            JobMessage.Limits.DEFAULT,
            null);
    return new JobRecord(message, Pool.DEFAULT, null, null, null, Map.of());
  }

  @FormatMethod
  private void say(String what, Object... details) {
    trace.add(schedule.current() + ": " + what.formatted(details));
  }
}
