package io.doos.deploy.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Whether the store keeps what the farm relies on: of sixteen that create the same object at the
 * same time, exactly one succeeds, and its content stays.
 */
final class StoreCheck {

  private static final int RACERS = 16;
  private static final int ROUNDS = 3;
  private static final String PREFIX = "doctor/";
  private static final String OTHER_STORE =
      "Use a store whose conditional puts (If-None-Match: *) are atomic: with this one, results"
          + " could be doubled.";

  private StoreCheck() {}

  static Finding look(ObjectStore store, String address) throws StoreFailure, InterruptedException {
    for (var round = 0; round < ROUNDS; round++) {
      var key = PREFIX + UUID.randomUUID();
      try {
        var winners = race(store, key);
        if (winners != 1) {
          return Finding.failed(
              "%d of %d racers created the same object".formatted(winners, RACERS), OTHER_STORE);
        }
      } finally {
        store.delete(key);
      }
    }
    return Finding.ok(address + " answers, and creates once among " + RACERS + " racers");
  }

  /** How many created {@code key}; a racer whose own content stands has, whatever it was told. */
  private static int race(ObjectStore store, String key) throws StoreFailure, InterruptedException {
    var start = new CyclicBarrier(RACERS);
    var told = new ArrayList<Future<Boolean>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var racer = 0; racer < RACERS; racer++) {
        var content = ("racer " + racer).getBytes(US_ASCII);
        told.add(
            threads.submit(() -> {
              start.await();
              return store.create(key, content);
            }));
      }
      return winners(store, key, told);
    }
  }

  private static int winners(ObjectStore store, String key, List<Future<Boolean>> told)
      throws StoreFailure, InterruptedException {
    var winners = 0;
    for (var racer = 0; racer < RACERS; racer++) {
      if (answer(told.get(racer))) {
        winners++;
      }
    }
    var stands = store.read(key).map(content -> new String(content, US_ASCII)).orElse("");
    return winners == 0 && stands.startsWith("racer ") ? 1 : winners;
  }

  private static boolean answer(Future<Boolean> told) throws StoreFailure, InterruptedException {
    try {
      return told.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreFailure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
