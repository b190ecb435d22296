package io.doos.deploy.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.Keys;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.Sha256;
import io.doos.common.store.StoreFailure;
import io.doos.deploy.client.DoosClient;
import io.doos.deploy.client.JobView.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Remembers every ticket that was given and everything that was ever seen of its end; drains the
 * farm, then judges. Safe for use by any number of threads.
 */
public final class Judge {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final ObjectStore store;
  private final JobLedger ledger;
  private final Map<Ticket, Case> cases = new ConcurrentHashMap<>();
  private final Queue<String> doubled = new ConcurrentLinkedQueue<>();

  /** Looks into the farm's store, past all faults. */
  public Judge(ObjectStore store, JobLedger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  /** What is known of a ticket. */
  private static final class Case {
    private final Ticket ticket;
    private final String nonce;
    private volatile Wanted wanted;
    private byte @Nullable [] seenEnd;

    private Case(Ticket ticket, String nonce, Wanted wanted) {
      this.ticket = ticket;
      this.nonce = nonce;
      this.wanted = wanted;
    }
  }

  /**
   * Remembers that somebody was given a ticket.
   *
   * @param nonce what its result will hold, if it is to have one
   */
  public void given(Ticket ticket, String nonce, Wanted wanted) {
    cases.put(ticket, new Case(ticket, nonce, wanted));
  }

  /** Wants another end of it from now on. */
  public void want(Ticket ticket, Wanted wanted) {
    of(ticket).wanted = wanted;
  }

  /** How many tickets were given. */
  public int jobs() {
    return cases.size();
  }

  /** All tickets that were given. */
  public List<Ticket> tickets() {
    return List.copyOf(cases.keySet());
  }

  /**
   * Looks at a ticket's end, as anybody could at any moment: once there, it must stay as it is.
   *
   * @return whether it has come to its end
   */
  public boolean look(Ticket ticket) throws StoreFailure {
    var its = of(ticket);
    synchronized (its) {
      var end = store.read(Keys.status(ticket));
      if (its.seenEnd == null) {
        its.seenEnd = end.orElse(null);
        if (end.isPresent()) {
          checkResult(its);
        }
      } else if (end.isEmpty() || !Arrays.equals(its.seenEnd, end.get())) {
        var isGone = ledger.read(ticket).isEmpty();
        if (!isGone || !its.wanted.is(Optional.empty())) {
          doubled.add(
              "%s was %s and is %s".formatted(ticket, text(its.seenEnd), end.map(Judge::text)));
        }
        its.seenEnd = end.orElse(its.seenEnd);
      }
      return end.isPresent();
    }
  }

  /** A result that is visible is there, whole. */
  private void checkResult(Case its) throws StoreFailure {
    var result = ledger.read(its.ticket).map(Status::result).orElse(null);
    if (result == null) {
      return;
    }
    var zip = store.read(result.object());
    var isStillVisible = ledger.read(its.ticket).isPresent();
    if (isStillVisible && zip.filter(bytes -> sha256(bytes).equals(result.sha256())).isEmpty()) {
      doubled.add("%s has a result that is not what its status says".formatted(its.ticket));
    }
  }

  /**
   * Waits until every ticket has come to an end.
   *
   * @return whether all have, within {@code patience}
   */
  public boolean drain(Duration patience) throws StoreFailure {
    var deadline = System.nanoTime() + patience.toNanos();
    var open = new ArrayList<>(cases.keySet());
    while (true) {
      for (var each = open.iterator(); each.hasNext(); ) {
        if (look(each.next())) {
          each.remove();
        }
      }
      if (open.isEmpty() || System.nanoTime() > deadline) {
        return open.isEmpty();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /**
   * Judges a farm at rest: what the store says, and what each gateway answers.
   *
   * @param scratch where results are fetched to
   */
  public Findings judge(List<DoosClient> gateways, Path scratch) throws Exception {
    var lost = new ArrayList<String>();
    var unexpected = new ArrayList<String>();
    for (var its : cases.values()) {
      look(its.ticket);
      var end = ledger.read(its.ticket);
      if (end.isPresent() && !end.get().state().isFinal()) {
        lost.add(its.ticket + " is still " + end.get().state());
      } else if (end.isEmpty() && !its.wanted.is(end)) {
        lost.add(its.ticket + " is known to nobody");
      } else if (!its.wanted.is(end)) {
        unexpected.add("%s should be %s: %s".formatted(its.ticket, its.wanted, end));
      } else if (end.isPresent()) {
        answers(its, end.get(), gateways, scratch).ifPresent(unexpected::add);
      }
    }
    return new Findings(cases.size(), lost, unexpected, new ArrayList<>(doubled), runsAgain());
  }

  /** What is wrong with what the gateways say of a job that has ended. */
  private Optional<String> answers(Case its, Status end, List<DoosClient> gateways, Path scratch)
      throws Exception {
    var word = end.state() == State.DONE ? Word.DONE : Word.ERROR;
    for (var gateway : gateways) {
      if (gateway.status(its.ticket).word() != word) {
        return Optional.of(its.ticket + ": a gateway does not say " + word);
      }
    }
    if (end.state() != State.DONE || gateways.isEmpty()) {
      return Optional.empty();
    }
    var any = gateways.get(Math.floorMod(its.ticket.hashCode(), gateways.size()));
    var zip = scratch.resolve("judged.zip");
    if (!any.output(its.ticket, zip)) {
      return Optional.of(its.ticket + ": a gateway has no result");
    }
    var content = content(zip);
    return content.equals(Macros.OUTPUT + "=" + its.nonce)
        ? Optional.empty()
        : Optional.of("%s left '%s' instead of '%s'".formatted(its.ticket, content, its.nonce));
  }

  private static String sha256(byte[] bytes) {
    var digest = Sha256.digest();
    digest.update(bytes);
    return Sha256.hex(digest);
  }

  private static String content(Path zip) throws IOException {
    try (var file = new ZipFile(zip.toFile())) {
      var all = new ArrayList<String>();
      for (var entry : file.stream().toList()) {
        var text = new String(file.getInputStream(entry).readAllBytes(), UTF_8);
        all.add(entry.getName() + "=" + text.strip());
      }
      return String.join(",", all);
    } finally {
      Files.delete(zip);
    }
  }

  private long runsAgain() throws StoreFailure {
    return store.list(Keys.OUTPUTS).stream()
        .filter(object -> object.key().matches(".*/claim-\\d+\\.json"))
        .filter(object -> !object.key().endsWith("/claim-1.json"))
        .count();
  }

  private Case of(Ticket ticket) {
    return Objects.requireNonNull(cases.get(ticket));
  }

  private static String text(byte[] json) {
    return new String(json, UTF_8);
  }
}
