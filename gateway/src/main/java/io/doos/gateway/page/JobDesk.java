package io.doos.gateway.page;

import io.doos.common.job.Ticket;
import io.doos.common.ledger.Dossier;
import io.doos.common.status.Status;
import io.doos.gateway.access.Caller;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.intake.Refusal;
import io.doos.gateway.results.Results;
import io.doos.gateway.results.Unavailable;
import io.doos.gateway.spool.SpoolSpace;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.zip.ZipInputStream;

/** What the pages know of jobs and do to them, as an operator who sees them all. */
public final class JobDesk {

  private final Results results;
  private final Intake intake;
  private final SpoolSpace space;
  private final InstantSource clock;

  public JobDesk(Results results, Intake intake, SpoolSpace space, InstantSource clock) {
    this.results = results;
    this.intake = intake;
    this.space = space;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  Optional<Dossier> dossier(Ticket ticket) throws Unavailable {
    return results.dossier(ticket);
  }

  Optional<Status> cancel(Ticket ticket) throws Unavailable {
    return results.cancel(ticket, Caller.ANYBODY);
  }

  void delete(Ticket ticket) throws Unavailable {
    results.delete(ticket, Caller.ANYBODY);
  }

  /** The same job again; empty when nobody knows what it was. */
  Optional<Ticket> resubmit(Ticket ticket)
      throws Unavailable, Refusal, IOException, InterruptedException {
    var found = results.dossier(ticket);
    var job = found.isEmpty() ? null : found.get().job();
    return job == null ? Optional.empty() : Optional.of(intake.again(job));
  }

  /** A file of the job's result, as far as it may be previewed; empty when it is not there. */
  Optional<byte[]> file(Ticket ticket, String name) throws Unavailable, IOException {
    var status = results.status(ticket, Caller.ANYBODY);
    var result = status.isEmpty() ? null : status.get().result();
    if (result == null
        || result.files().stream()
            .noneMatch(file -> file.name().equals(name) && Preview.isPossible(file))) {
      return Optional.empty();
    }
    try (var zip = space.spool()) {
      return results.copy(result, zip.sink()) ? entry(zip.all().open(), name) : Optional.empty();
    }
  }

  private static Optional<byte[]> entry(InputStream zipped, String name) throws IOException {
    try (var zip = new ZipInputStream(zipped)) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(name)) {
          return Optional.of(zip.readNBytes((int) Preview.MOST_BYTES));
        }
      }
      return Optional.empty();
    }
  }
}
