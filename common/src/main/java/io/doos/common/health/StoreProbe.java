package io.doos.common.health;

import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the store answers: reads an object that is never there. One call at a time however many
 * ask, its answer good for 2 s; a store that has not answered for a second counts as away until it
 * does.
 */
public final class StoreProbe implements Probe {

  private static final String NAME = "store";
  private static final String NO_OBJECT = "health/none";
  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMillis(900);

  private final ObjectStore store;
  private final InstantSource clock;
  private @Nullable Call newest;

  private record Call(Instant at, CompletableFuture<Check> answer) {}

  public StoreProbe(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Check look() {
    var call = call();
    try {
      return call.answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      var seconds = Math.max(1, Duration.between(call.at, clock.instant()).toSeconds());
      return Check.failed(NAME, "has not answered for " + seconds + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Check.failed(NAME, "was not asked: interrupted");
    } catch (ExecutionException e) {
      return Check.failed(NAME, "could not be asked: " + e.getCause());
    }
  }

  private synchronized Call call() {
    var now = clock.instant();
    if (newest == null || (newest.answer.isDone() && now.isAfter(newest.at.plus(FRESH)))) {
      var answer = new CompletableFuture<Check>();
      newest = new Call(now, answer);
      Thread.ofVirtual().name("store-probe").start(() -> ask(answer));
    }
    return newest;
  }

  private void ask(CompletableFuture<Check> answer) {
    try {
      var _ = store.read(NO_OBJECT);
      answer.complete(Check.ok(NAME, "answers"));
    } catch (StoreFailure.Unavailable e) {
      answer.complete(Check.failed(NAME, "does not answer: " + e.getMessage()));
    } catch (StoreFailure.Refused e) {
      answer.complete(Check.failed(NAME, "refuses us: " + e.getMessage()));
    } catch (StoreFailure e) {
      answer.complete(Check.failed(NAME, String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e); // who waits must hear, and the next call must ask again
    }
  }
}
