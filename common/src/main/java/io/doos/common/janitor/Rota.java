package io.doos.common.janitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.ledger.Keys;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.ObjectStore.StoredObject;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Whose turn it is: of all gateways the one that creates the object {@code janitor/<minute>}, or
 * {@code janitor/<day>}. Gateways whose clocks disagree may take turns at the same time, which
 * costs work and harms nothing. For use by one thread.
 */
final class Rota {

  /** How often there is a turn. */
  enum Period {
    MINUTE(Duration.ofMinutes(1), "yyyyMMdd'T'HHmm", Duration.ofMinutes(15)),
    DAY(Duration.ofDays(1), "yyyyMMdd", Duration.ofDays(3));

    private final Duration length;
    private final DateTimeFormatter form;
    private final int nameLength;
    private final Duration kept;

    Period(Duration length, String form, Duration kept) {
      this.length = length;
      this.form = DateTimeFormatter.ofPattern(form).withZone(ZoneOffset.UTC);
      this.nameLength = this.form.format(Instant.EPOCH).length();
      this.kept = kept;
    }

    private Instant start(Instant time) {
      return Instant.ofEpochSecond(time.getEpochSecond() / length.toSeconds() * length.toSeconds());
    }

    private String key(Instant start) {
      return Keys.JANITOR + form.format(start);
    }

    private boolean has(StoredObject object) {
      return object.key().length() == Keys.JANITOR.length() + nameLength;
    }
  }

  /** How long before a turn's end its holder takes the next one too, if it is still at work. */
  private static final Duration AHEAD = Duration.ofSeconds(20);

  private final ObjectStore store;
  private final InstantSource clock;
  private final Period period;
  private final byte[] ours = UUID.randomUUID().toString().getBytes(UTF_8);

  Rota(ObjectStore store, InstantSource clock, Period period) {
    this.store = store;
    this.clock = clock;
    this.period = period;
  }

  /** Takes the present turn, unless somebody else has it; may take its own once more. */
  Optional<Turn> take() throws StoreFailure {
    var start = period.start(clock.instant());
    return isOurs(start) ? Optional.of(turn(start)) : Optional.empty();
  }

  /** How long it is until the next turn. */
  Duration untilNext() {
    var now = clock.instant();
    return Duration.between(now, period.start(now).plus(period.length));
  }

  private boolean isOurs(Instant start) throws StoreFailure {
    var key = period.key(start);
    return store.create(key, ours)
        || store.read(key).filter(there -> Arrays.equals(there, ours)).isPresent();
  }

  /** Learns the store's time from our own object there, and removes old ones. */
  private Turn turn(Instant start) throws StoreFailure {
    var key = period.key(start);
    var now = clock.instant();
    var before = Instant.EPOCH;
    var listed = store.list(Keys.JANITOR).stream().filter(period::has).toList();
    for (var object : listed) {
      if (object.key().equals(key)) {
        now = object.modifiedAt();
      }
    }
    for (var object : listed) {
      if (object.modifiedAt().isBefore(now)) {
        before = before.isAfter(object.modifiedAt()) ? before : object.modifiedAt();
      }
      if (object.modifiedAt().isBefore(now.minus(period.kept))) {
        store.delete(object.key());
      }
    }
    return new Turn(now, before, start.plus(period.length));
  }

  /** Somebody's turn, which it may make longer by taking the next one before that begins. */
  final class Turn {
    private final Instant now;
    private final Instant before;
    private Instant end;

    private Turn(Instant now, Instant before, Instant end) {
      this.now = now;
      this.before = before;
      this.end = end;
    }

    /** When it began, by the store's clock. */
    Instant now() {
      return now;
    }

    /** When the turn before began, whosever it was, by the store's clock. */
    Instant before() {
      return before;
    }

    /** Whether something fell due since the turn before. */
    boolean isDue(Instant time) {
      return time.isAfter(before) && !time.isAfter(now);
    }

    /** Whether its holder may go on with what it does. */
    boolean goesOn() throws StoreFailure {
      while (!clock.instant().plus(AHEAD).isBefore(end)) {
        if (!isOurs(end)) {
          return false;
        }
        end = end.plus(period.length);
      }
      return true;
    }
  }
}
