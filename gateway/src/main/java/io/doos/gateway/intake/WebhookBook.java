package io.doos.gateway.intake;

import io.doos.common.job.Ticket;
import io.doos.common.store.StoreFailure;
import java.net.URI;

/** Where it is written down who wants to be told of a job's end. */
@FunctionalInterface
public interface WebhookBook {

  /** Writes it down; the first wish for a ticket counts. It is durable when this returns. */
  void wish(Ticket ticket, URI url) throws StoreFailure;
}
