package io.doos.common.queue;

import io.doos.common.crew.OfficeNews;
import io.doos.common.crew.WorkerNews;
import io.doos.common.crew.WorkerState;
import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.ledger.JobRecord;
import io.doos.common.status.JobError;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs, pools and statuses for tests. */
public final class Jobs {

  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

  private Jobs() {}

  static Pool newPool() {
    return new Pool("p-" + UUID.randomUUID());
  }

  static JobRecord job(Pool pool, String ticket) {
    return new JobRecord(message(ticket), pool, null, null, null, Map.of());
  }

  /** A job with a ticket that nobody had, and this priority. */
  public static JobRecord prioritised(Pool pool, @Nullable Integer priority) {
    return new JobRecord(
        message(UUID.randomUUID().toString()), pool, priority, null, null, Map.of());
  }

  static JobMessage message(String ticket) {
    return new JobMessage(
        new Ticket(ticket),
        new RunMacro(RunMacro.MAIN_SCRIPT, "Main", List.of()),
        List.of(
            new InputFile.Inline(
                RunMacro.MAIN_SCRIPT, "Sub Main\nEnd Sub\n".getBytes(StandardCharsets.UTF_8))),
        null,
        THEN,
        JobMessage.Limits.DEFAULT,
        null);
  }

  /** A job of the default pool with this ticket, submitted then. */
  public static JobRecord submitted(Ticket ticket, Instant when) {
    var message = message(ticket.value());
    return new JobRecord(
        new JobMessage(ticket, message.work(), message.files(), null, when, message.limits(), null),
        Pool.DEFAULT,
        null,
        null,
        null,
        Map.of());
  }

  static Status failed(String ticket) {
    return new Status(
        new Ticket(ticket),
        State.FAILED,
        new Status.Run(1, 2, "w", null),
        new Status.Times(THEN, THEN, THEN),
        null,
        null,
        JobError.of(io.doos.common.status.ErrorCode.TIMEOUT, "too slow"),
        null);
  }

  /** News of a worker with one office at work and one idle, and a formatter at work. */
  public static WorkerNews news(String worker) {
    var current = new OfficeNews.Current(new Ticket("t1"), THEN);
    var formatted = new OfficeNews.Current(new Ticket("t2"), THEN);
    return new WorkerNews(
        worker,
        Pool.DEFAULT,
        WorkerState.READY,
        THEN,
        THEN,
        new WorkerNews.Versions("0.1.0", "7.4.7.2"),
        new WorkerNews.Door(
            "host.example",
            2002,
            2,
            1,
            List.of(new WorkerNews.Session("10.0.0.7:51234", "office-1.1", THEN))),
        List.of(
            new OfficeNews(0, 3, "LEASED", 17, THEN, 120_000_000, "acme", current),
            new OfficeNews(1, 1, "READY", 0, THEN, 90_000_000, null, null)),
        List.of(new OfficeNews(0, 1, "LEASED", 5, THEN, 0, null, formatted)),
        3);
  }
}
