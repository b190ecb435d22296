package io.doos.common.store;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * An object store in memory that keeps the promises of {@link ObjectStore}, and breaks them when a
 * test asks for it. Safe for use by any number of threads; each operation takes effect at one
 * moment.
 */
public final class FakeObjectStore implements ObjectStore {

  private final InstantSource clock;
  private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final Map<Operation, Queue<Fault>> planned = new EnumMap<>(Operation.class);
  private volatile Interference interference = _ -> Fault.NONE;

  /** What can be asked of a store; both kinds of put are one. */
  public enum Operation {
    CREATE,
    PUT,
    READ,
    OPEN,
    LIST,
    DELETE
  }

  /** How an operation goes wrong. */
  public enum Fault {
    /** Not at all. */
    NONE,
    /** Nothing is done; Unavailable. */
    UNAVAILABLE,
    /** Nothing is done; Refused. */
    REFUSED,
    /** It is done, but the answer is lost; Unavailable. */
    ANSWER_LOST,
    /**
     * It is done, the answer is lost, and the wire tries again by itself: a create that made the
     * object answers that there was one. The same as NONE for all others.
     */
    TRIED_AGAIN
  }

  /**
   * An operation about to happen.
   *
   * @param key the prefix, for a listing
   */
  public record Call(Operation operation, String key) {}

  /** Sees each operation just before it takes effect, on its thread, and may hold or spoil it. */
  @FunctionalInterface
  public interface Interference {
    Fault before(Call call) throws StoreFailure;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stored(byte[] content, Instant modifiedAt) {}

  public FakeObjectStore() {
    this(InstantSource.system());
  }

  /**
   * @param clock tells when an object was written
   */
  public FakeObjectStore(InstantSource clock) {
    this.clock = clock;
  }

  /** Spoils the next {@code operation} that nothing is planned for yet. */
  public void failNext(Operation operation, Fault fault) {
    synchronized (planned) {
      planned.computeIfAbsent(operation, _ -> new ArrayDeque<>()).add(fault);
    }
  }

  /** Is asked before each operation from now on; what {@link #failNext} planned comes first. */
  public void interfere(Interference asked) {
    interference = asked;
  }

  /** An object as text, for assertions; past all faults. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(objects.get(key))
        .map(stored -> new String(stored.content, StandardCharsets.UTF_8));
  }

  /** All keys in order, for assertions; past all faults. */
  public List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  @Override
  public boolean create(String key, byte[] content) throws StoreFailure {
    return perform(
        new Call(Operation.CREATE, key),
        fault -> {
          var created = objects.putIfAbsent(key, stored(content)) == null;
          return created && fault != Fault.TRIED_AGAIN;
        });
  }

  @Override
  public void put(String key, byte[] content) throws StoreFailure {
    perform(new Call(Operation.PUT, key), _ -> objects.put(key, stored(content)) == null);
  }

  @Override
  public void put(String key, Path file) throws StoreFailure {
    try {
      put(key, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  public Optional<byte[]> read(String key) throws StoreFailure {
    var found = perform(new Call(Operation.READ, key), _ -> find(key));
    if (found.isPresent() && found.get().length > MAX_READ_BYTES) {
      throw new StoreFailure.Refused(key + " is too large to be read whole", null);
    }
    return found.map(byte[]::clone);
  }

  /** Counts as a READ. */
  @Override
  public boolean exists(String key) throws StoreFailure {
    return perform(new Call(Operation.READ, key), _ -> objects.containsKey(key));
  }

  @Override
  public Optional<OpenObject> open(String key) throws StoreFailure {
    return perform(new Call(Operation.OPEN, key), _ -> find(key))
        .map(content -> new OpenObject(content.length, new ByteArrayInputStream(content)));
  }

  @Override
  public List<StoredObject> list(String prefix) throws StoreFailure {
    return perform(
        new Call(Operation.LIST, prefix),
        _ ->
            objects.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .map(FakeObjectStore::listed)
                .toList());
  }

  @Override
  public void delete(String key) throws StoreFailure {
    perform(new Call(Operation.DELETE, key), _ -> objects.remove(key) != null);
  }

  @Override
  public void close() {}

  /** What an operation does, told the fault that it may have to act out. */
  @FunctionalInterface
  private interface Effect<T> {
    T of(Fault fault);
  }

  private <T> T perform(Call call, Effect<T> effect) throws StoreFailure {
    var fault = fault(call);
    return switch (fault) {
      case NONE, TRIED_AGAIN -> effect.of(fault);
      case UNAVAILABLE -> throw new StoreFailure.Unavailable("as planned, at " + call, null);
      case REFUSED -> throw new StoreFailure.Refused("as planned, at " + call, null);
      case ANSWER_LOST -> {
        effect.of(fault);
        throw new StoreFailure.Unavailable("the answer is lost, as planned, to " + call, null);
      }
    };
  }

  private Fault fault(Call call) throws StoreFailure {
    synchronized (planned) {
      var queue = planned.get(call.operation);
      if (queue != null && !queue.isEmpty()) {
        return requireNonNull(queue.poll());
      }
    }
    return interference.before(call);
  }

  private Stored stored(byte[] content) {
    return new Stored(content.clone(), clock.instant());
  }

  private Optional<byte[]> find(String key) {
    return Optional.ofNullable(objects.get(key)).map(Stored::content);
  }

  private static StoredObject listed(Map.Entry<String, Stored> entry) {
    var stored = entry.getValue();
    return new StoredObject(entry.getKey(), stored.content.length, stored.modifiedAt);
  }
}
