package io.doos.common.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.InputFile;
import io.doos.common.job.Ticket;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.FakeObjectStore;
import io.doos.common.store.FakeObjectStore.Call;
import io.doos.common.store.FakeObjectStore.Operation;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the ledger owes the world, and what the world of one {@link Farm} knows of it. */
final class Promises {

  private final FakeObjectStore store;
  private final Set<Ticket> reserved = new HashSet<>();
  private final Set<Ticket> given = new HashSet<>();
  private final Set<Ticket> withdrawn = new HashSet<>();
  private final Set<Ticket> deleting = new HashSet<>();
  private final Map<Ticket, String> verdicts = new HashMap<>();
  private final Map<Ticket, String> whatRuns = new HashMap<>();
  private final Set<String> attempts = new HashSet<>();
  private final Set<Ticket> expiring = new HashSet<>();
  private final Map<String, Set<Ticket>> drawnFor = new HashMap<>();
  private final Map<Ticket, Integer> crashes = new HashMap<>();
  private boolean changed;

  Promises(FakeObjectStore store) {
    this.store = store;
  }

  // ---- what the world is told

  /** How many tickets were ever reserved. */
  int reserved() {
    return reserved.size();
  }

  /** A client has its ticket, and the job is in the queue. */
  void given(Ticket ticket) {
    given.add(ticket);
  }

  /** A delete begins. */
  void deleting(Ticket ticket) {
    deleting.add(ticket);
  }

  /** A cancel or delete has returned. */
  void withdrawn(Ticket ticket) {
    withdrawn.add(ticket);
    assertThat(store.text(Keys.status(ticket))).as("%s has ended", ticket).isPresent();
  }

  /** A job is about to be recorded. */
  void offered(JobRecord job) {
    if (job.message().limits().notAfter() != null) {
      expiring.add(job.ticket());
    }
    var bundle = job.message().bundle();
    if (bundle != null) {
      drawnFor.computeIfAbsent(bundle.object(), _ -> new HashSet<>()).add(job.ticket());
    }
  }

  void officeDied(Ticket ticket) {
    crashes.merge(ticket, 1, Integer::sum);
  }

  /** An operation is about to take effect. */
  void before(Call call) {
    checkHarmless(call);
    changed =
        switch (call.operation()) {
          case CREATE, PUT, DELETE -> true;
          case READ, OPEN, LIST -> changed;
        };
  }

  // ---- what it is owed

  /** A ticket is handed out once. */
  void checkReserved(Ticket ticket) {
    assertThat(reserved.add(ticket)).as("%s is given once", ticket).isTrue();
  }

  /** What a reader knows before it asks. */
  record BeforeRead(Ticket ticket, boolean given, boolean ended) {}

  BeforeRead beforeRead(Ticket ticket) {
    return new BeforeRead(ticket, given.contains(ticket), verdicts.containsKey(ticket));
  }

  /** A job that was given is found until somebody deletes it, and once it has ended it has. */
  void checkRead(BeforeRead before, Optional<Status> status) {
    if (before.given && !deleting.contains(before.ticket)) {
      assertThat(status).as("%s was given and is readable", before.ticket).isPresent();
    }
    if (status.isPresent() && (before.ended || status.get().state().isFinal())) {
      checkFinal(status.get());
    }
  }

  /** Looks at everything after an operation that may have changed something. */
  void check() {
    if (!changed) {
      return;
    }
    changed = false;
    var verdictsNow = 0;
    for (var key : store.keys()) {
      if (key.endsWith("/status.json")) {
        verdictsNow++;
        checkVerdict(ticketIn(key), store.text(key).orElseThrow());
      }
    }
    assertThat(verdictsNow).as("no verdict vanishes").isEqualTo(verdicts.size());
  }

  /** A final status never changes, but for becoming a tombstone, which is for good. */
  private void checkVerdict(Ticket ticket, String now) {
    var before = verdicts.put(ticket, now);
    if (before == null) {
      checkCharges(ticket, now);
    } else if (!before.equals(now)) {
      assertThat(isTombstone(now)).as("the verdict on %s changed", ticket).isTrue();
    }
  }

  /** Only crashed offices and vanished workers use up a job's attempts. */
  private void checkCharges(Ticket ticket, String verdict) {
    if (verdict.contains("\"" + ErrorCode.OFFICE_CRASHED + "\"")) {
      assertThat(crashes.getOrDefault(ticket, 0)).isGreaterThanOrEqualTo(Farm.MAX_ATTEMPTS);
    }
    if (verdict.contains("\"" + ErrorCode.WORKER_LOST + "\"")) {
      assertThat(vanished(ticket))
          .as("tries at one delivery are charged once")
          .hasSizeGreaterThanOrEqualTo(Farm.MAX_LOST);
    }
    if (verdict.contains("\"" + State.EXPIRED + "\"")) {
      assertThat(expiring).as("only what has a time can expire").contains(ticket);
    }
  }

  /** Which workers claimed a job and told of no end. */
  private Set<String> vanished(Ticket ticket) {
    var workers = new HashSet<String>();
    for (var key : store.keys()) {
      var attempt = Keys.claimIn(key);
      if (attempt.isPresent()
          && ticketIn(key).equals(ticket)
          && store.text(Keys.end(ticket, attempt.getAsInt())).isEmpty()) {
        workers.add(store.text(key).orElseThrow().replaceAll(".*\"worker\":\"([^\"]*)\".*", "$1"));
      }
    }
    return workers;
  }

  /** What a reader can see is not touched. */
  private void checkHarmless(Call call) {
    if ((call.operation() == Operation.PUT || call.operation() == Operation.DELETE)
        && call.key().contains("/result-")) {
      var verdict = store.text(Keys.status(ticketIn(call.key()))).orElse("");
      assertThat(verdict)
          .as("a visible result is touched")
          .doesNotContain("\"" + call.key() + "\"");
    }
  }

  /**
   * Only what nobody withdrew and whose time has not passed starts, with its input there; each
   * attempt once, and all of them run the same.
   *
   * @param now by the worker's clock
   */
  void checkStart(Begin.Claimed claimed, Instant now) {
    var ticket = claimed.job().ticket();
    var notAfter = claimed.job().message().limits().notAfter();
    assertThat(notAfter == null || !now.isAfter(notAfter)).as("it starts in time").isTrue();
    checkInput(claimed.job());
    assertThat(withdrawn).as("a withdrawn job never starts").doesNotContain(ticket);
    assertThat(store.text(Keys.status(ticket))).as("an ended job never starts").isEmpty();
    assertThat(attempts.add(ticket + "/" + claimed.attempt())).as("an attempt runs once").isTrue();
    var script = script(claimed.job());
    assertThat(whatRuns.computeIfAbsent(ticket, _ -> script))
        .as("all attempts at %s run the same", ticket)
        .isEqualTo(script);
  }

  /**
   * A bundle is uploaded before its ticket is drawn. Only one thing can take it away: somebody who
   * guesses a ticket and deletes it while a gateway draws it, finds it taken and draws another.
   */
  private void checkInput(JobRecord job) {
    var bundle = job.message().bundle();
    if (bundle != null && store.text(bundle.object()).isEmpty()) {
      assertThat(drawnFor.get(bundle.object()))
          .as("its input is there")
          .anyMatch(drawn -> !drawn.equals(job.ticket()) && deleting.contains(drawn));
    }
  }

  /** Whoever is told an end is told the one in the store. */
  void checkFinal(Status status) {
    assertThat(status.state().isFinal()).isTrue();
    var verdict = store.text(Keys.status(status.ticket())).orElse("");
    if (!isTombstone(verdict)) {
      assertThat(verdict).contains("\"" + status.state() + "\"");
      if (status.returned() != null) {
        assertThat(verdict).contains("\"" + status.returned() + "\"");
      }
      var result = status.result();
      if (result != null) {
        var shown = store.text(result.object()).orElse("nothing");
        assertThat(sha256(shown.getBytes(UTF_8))).isEqualTo(result.sha256());
      }
    }
  }

  /** A deleted job leaves a tombstone. */
  void checkDeleted(Ticket ticket) {
    assertThat(store.text(Keys.status(ticket)))
        .as("%s is deleted", ticket)
        .hasValueSatisfying(verdict -> assertThat(isTombstone(verdict)).isTrue());
  }

  /** Every job that was given out or recorded has ended, and none is listed as open. */
  void checkDrained() {
    for (var ticket : given) {
      assertThat(verdicts).as("every job ends").containsKey(ticket);
    }
    for (var ticket : whatRuns.keySet()) {
      assertThat(verdicts).as("every job that ran ends").containsKey(ticket);
    }
    assertThat(store.keys()).noneMatch(key -> key.startsWith(Keys.INPUTS));
  }

  /** When all has had its time nothing is left of it. */
  void checkSwept() {
    assertThat(store.keys()).allMatch(key -> key.startsWith(Keys.JANITOR));
  }

  /** Whether the ledger has heard of a job, and not only some client. */
  boolean isKnown(Ticket ticket) {
    return store.text(Keys.job(ticket)).isPresent() || store.text(Keys.status(ticket)).isPresent();
  }

  /** The middle of {@code output/<ticket>/name}. */
  private static Ticket ticketIn(String key) {
    return new Ticket(key.substring(key.indexOf('/') + 1, key.lastIndexOf('/')));
  }

  private static boolean isTombstone(String verdict) {
    return verdict.contains("\"DELETED\"");
  }

  private static String script(JobRecord job) {
    return switch (job.message().files().getFirst()) {
      case InputFile.Inline file -> new String(file.content(), UTF_8);
      case InputFile.Stored file -> file.object();
    };
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
