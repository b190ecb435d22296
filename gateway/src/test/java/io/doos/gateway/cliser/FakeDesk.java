package io.doos.gateway.cliser;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.gateway.access.Caller;
import io.doos.gateway.intake.Submission.SpooledFile;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A farm whose pages are a list of what came: the document, then each reference with its file. A
 * document that says {@code late:NAME} needs that file too; one that says {@code bad} fails; one
 * that says {@code endless} never ends, one that says {@code patient} when the test wants it to.
 */
final class FakeDesk implements Desk {

  private final AtomicInteger tickets = new AtomicInteger();
  private final Map<Ticket, Job> jobs = new ConcurrentHashMap<>();
  private final AtomicInteger looks = new AtomicInteger();
  private volatile boolean isFinished;
  final List<Ticket> deleted = new CopyOnWriteArrayList<>();
  final List<Caller> callers = new CopyOnWriteArrayList<>();

  private record Job(Work.Format work, Map<String, String> files) {

    String document() {
      return files.getOrDefault(work.source(), "");
    }

    boolean isBad() {
      return document().contains("bad");
    }

    boolean isEndless() {
      return document().contains("endless");
    }

    boolean isPatient() {
      return document().contains("patient");
    }

    @Nullable String missing() {
      int late = document().indexOf("late:");
      if (late < 0) {
        return null;
      }
      var name = "job:/" + document().substring(late + 5).split("[^a-z.]", -1)[0];
      var known = work.references().files().containsKey(name);
      return known || work.references().absent().contains(name) ? null : name;
    }
  }

  @Override
  public Ticket submit(Work.Format work, List<SpooledFile> files, Caller caller)
      throws IOException {
    callers.add(caller);
    var ticket = new Ticket("t" + tickets.incrementAndGet());
    var texts = new LinkedHashMap<String, String>();
    for (var file : files) {
      texts.put(file.name(), new String(file.content().read(Integer.MAX_VALUE), UTF_8));
    }
    jobs.put(ticket, new Job(work, texts));
    return ticket;
  }

  @Override
  public Optional<Status> status(Ticket ticket, Caller caller) {
    looks.incrementAndGet();
    var job = jobs.get(ticket);
    if (job == null) {
      return Optional.empty();
    }
    var state =
        job.isEndless() || (job.isPatient() && !isFinished)
            ? State.RUNNING
            : job.isBad() || job.missing() != null ? State.FAILED : State.DONE;
    var code = job.missing() != null ? ErrorCode.INPUT_MISSING : ErrorCode.BAD_DOCUMENT;
    var now = Instant.EPOCH;
    return Optional.of(
        new Status(
            ticket,
            state,
            new Status.Run(1, 2, "w", null),
            new Status.Times(now, now, state.isFinal() ? now : null),
            state.isFinal() ? new Result(ticket.value(), 1, "", List.of(), false) : null,
            null,
            state == State.FAILED ? JobError.of(code, "as planned") : null,
            null));
  }

  @Override
  public boolean copy(Result result, OutputStream target) throws IOException {
    var job = jobs.get(new Ticket(result.object()));
    if (job == null) {
      return false;
    }
    var zip = new ZipOutputStream(target);
    put(zip, "format.log", "INFO Rendered page #1.\n");
    if (job.missing() != null) {
      put(zip, "missing.txt", job.missing() + "\n");
    } else if (!job.isBad()) {
      put(zip, "document.pdf", pages(job));
    }
    zip.finish();
    return true;
  }

  private static String pages(Job job) {
    var pages = new StringBuilder(job.document());
    new java.util.TreeMap<>(job.work().references().files())
        .forEach((reference, file) ->
            pages.append('|').append(reference).append('=').append(job.files().get(file)));
    return pages.toString();
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(UTF_8));
    zip.closeEntry();
  }

  @Override
  public void delete(Ticket ticket, Caller caller) {
    jobs.remove(ticket);
    deleted.add(ticket);
  }

  /** How many jobs there are that nobody deleted. */
  int open() {
    return jobs.size();
  }

  /** Patient documents are done. */
  void finish() {
    isFinished = true;
  }

  /** Patient documents are not done any more. */
  void begin() {
    isFinished = false;
  }

  /** How often somebody asked how a job is doing. */
  int looks() {
    return looks.get();
  }
}
