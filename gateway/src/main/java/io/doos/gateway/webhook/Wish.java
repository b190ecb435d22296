package io.doos.gateway.webhook;

import io.doos.common.job.Ticket;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Json;
import io.doos.common.ledger.Keys;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A wish to be told of a job's end, as the store has it: {@code webhook/<ticket>/wish.json}, and
 * beside it {@code try-<n>} for each time that somebody set out to fulfil it, created once.
 *
 * @param since when it was made, or tried last
 */
record Wish(Ticket ticket, URI url, int tries, Instant since) {

  private static final String TRY = "try-";

  static void record(ObjectStore store, Ticket ticket, URI url) throws StoreFailure {
    var wish = Json.object().put("ticket", ticket.value()).put("url", url.toString());
    store.create(Keys.webhookWish(ticket), Json.bytes(wish));
  }

  /** The wish for a ticket, if there is one; what is left of one that is fulfilled goes. */
  static Optional<Wish> find(ObjectStore store, Ticket ticket) throws StoreFailure {
    var tries = 0;
    var since = Instant.MIN;
    for (var object : store.list(Keys.webhook(ticket))) {
      tries += object.key().contains("/" + TRY) ? 1 : 0;
      since = object.modifiedAt().isAfter(since) ? object.modifiedAt() : since;
    }
    var json = store.read(Keys.webhookWish(ticket));
    if (json.isEmpty()) {
      remove(store, ticket);
      return Optional.empty();
    }
    try {
      var url = URI.create(Json.fields(json.get()).text("url"));
      return Optional.of(new Wish(ticket, url, tries, since));
    } catch (BadJsonException | IllegalArgumentException e) {
      remove(store, ticket); // nobody can fulfil it
      return Optional.empty();
    }
  }

  /** How long to wait after a number of tries: 10 s, 30 s, 90 s and so on, an hour at most. */
  static Duration pause(int tries, Duration first) {
    var pause = first;
    for (var i = 1; i < tries && pause.compareTo(Duration.ofHours(1)) < 0; i++) {
      pause = pause.multipliedBy(3);
    }
    return pause.compareTo(Duration.ofHours(1)) < 0 ? pause : Duration.ofHours(1);
  }

  /** Whether it is time for another try. */
  boolean isDue(Instant now, Duration firstPause) {
    return tries == 0 || !now.isBefore(since.plus(pause(tries, firstPause)));
  }

  /** Sets out for the next try; false when somebody else has. */
  boolean isOurs(ObjectStore store) throws StoreFailure {
    return store.create(Keys.webhook(ticket) + TRY + (tries + 1), new byte[0]);
  }

  /** Removes all of it, the wish first: without it nobody tries. */
  static void remove(ObjectStore store, Ticket ticket) throws StoreFailure {
    store.delete(Keys.webhookWish(ticket));
    for (var object : store.list(Keys.webhook(ticket))) {
      store.delete(object.key());
    }
  }
}
