package io.doos.gateway.tenants;

import io.doos.common.job.Ticket;
import io.doos.gateway.access.Caller;
import java.util.Optional;

/**
 * How many open jobs each tenant may have. Every gateway counts for itself what it and the others
 * gave out; see {@link OpenJobsWatch} for how. Safe for use by any number of threads.
 */
public final class Quota {

  private final int usual;
  private final OpenTickets open;

  /**
   * A quota that nobody has used yet.
   *
   * @param usual how many open jobs a tenant may have that its caller's line says nothing of
   */
  public Quota(int usual) {
    this(usual, new OpenTickets());
  }

  Quota(int usual, OpenTickets open) {
    this.usual = usual;
    this.open = open;
  }

  /** Room for one job that is coming in. Closed before it holds a ticket, it is free again. */
  public final class Place implements AutoCloseable {
    private final Optional<String> tenant;
    private boolean isHeld;

    private Place(Optional<String> tenant) {
      this.tenant = tenant;
    }

    /** The job has this ticket now, and the place until it has ended. */
    public void hold(Ticket ticket) {
      tenant.ifPresent(name -> open.hold(ticket, name));
      isHeld = true;
    }

    /** The job will not be; whoever held the ticket gives it back. */
    public void drop(Ticket ticket) {
      open.end(ticket);
    }

    @Override
    public void close() {
      if (!isHeld) {
        tenant.ifPresent(open::giveBack);
      }
    }
  }

  /**
   * Takes room for a job; one of nobody in particular, or of a tenant that an unbound caller names,
   * is not counted.
   *
   * @param chosen the job's ticket, where the caller chose it: sent once more, it needs no place
   * @return empty when the caller's tenant has as many as it may
   */
  public Optional<Place> take(Caller caller, Optional<Ticket> chosen) {
    var tenant = caller.tenant().filter(_ -> chosen.filter(open::knows).isEmpty());
    return tenant.isEmpty() || open.take(tenant.get(), caller.mostOpenJobs().orElse(usual))
        ? Optional.of(new Place(tenant))
        : Optional.empty();
  }

  OpenTickets open() {
    return open;
  }
}
