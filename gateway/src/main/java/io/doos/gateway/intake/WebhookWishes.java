package io.doos.gateway.intake;

import io.doos.common.job.Ticket;
import io.doos.common.json.Json;
import io.doos.common.ledger.Keys;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.net.URI;

/** Records who wants to be told of a job's end, where every gateway finds it. */
final class WebhookWishes {

  private WebhookWishes() {}

  /** The first wish for a ticket counts. */
  static void record(ObjectStore store, Ticket ticket, URI url) throws StoreFailure {
    var wish = Json.object().put("ticket", ticket.value()).put("url", url.toString());
    store.create(Keys.webhookWish(ticket), Json.bytes(wish));
  }
}
