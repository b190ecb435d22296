package io.doos.worker.uno;

import io.doos.common.config.UnoSetting.Afterwards;
import io.doos.common.uno.Places;
import io.doos.common.uno.SessionEnd;
import io.doos.worker.office.Office;
import io.doos.worker.office.OfficeFailure;
import io.doos.worker.office.OfficeLease;
import io.doos.worker.office.OfficePool;
import io.doos.worker.office.Watchdog;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lends the offices of a pool to UNO clients: so many at a time and no more, in the order in which
 * the clients came, and only offices that have just answered. Safe from any thread.
 */
public final class OfficePlaces implements Places {

  private static final Logger log = LoggerFactory.getLogger(OfficePlaces.class);

  private static final String TENANT = "uno";

  /** An office answers in less than a millisecond. */
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(4);

  private final OfficePool pool;
  private final Watchdog watchdog;
  private final int total;
  private final Afterwards afterwards;
  private final InstantSource clock;
  private final Semaphore free;

  /** Nobody but our clients can have it: a job's tenant may be any text that somebody can know. */
  private final String tenants = secretTenant();

  /**
   * Offices of {@code pool} from now on.
   *
   * @param total how many clients may have at a time
   */
  public OfficePlaces(
      OfficePool pool, Watchdog watchdog, int total, Afterwards afterwards, InstantSource clock) {
    this.pool = pool;
    this.watchdog = watchdog;
    this.total = total;
    this.afterwards = afterwards;
    this.clock = clock;
    this.free = new Semaphore(total, true);
  }

  @Override
  public int total() {
    return total;
  }

  @Override
  public int free() {
    return Math.min(free.availablePermits(), pool.openPlaces());
  }

  @Override
  public Place take(String caller, Duration patience) throws NoPlace, InterruptedException {
    var deadline = clock.instant().plus(patience);
    if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new NoPlace(
          SessionEnd.BUSY,
          "UNO clients have all the offices that they may have, %d (uno.max-sessions)"
              .formatted(total));
    }
    var taken = Optional.<Place>empty();
    try {
      while (taken.isEmpty()) {
        taken = tryOne(lease(deadline));
      }
      return taken.get();
    } finally {
      if (taken.isEmpty()) {
        free.release();
      }
    }
  }

  private OfficeLease lease(Instant deadline) throws NoPlace, InterruptedException {
    var left = Duration.between(clock.instant(), deadline);
    try {
      return pool.lease(tenant(), left.isPositive() ? left : Duration.ZERO);
    } catch (OfficeFailure.Stopped e) {
      throw new NoPlace(SessionEnd.STOPPED, String.valueOf(e.getMessage()));
    } catch (OfficeFailure e) {
      throw new NoPlace(SessionEnd.BUSY, String.valueOf(e.getMessage()));
    }
  }

  private String tenant() {
    return switch (afterwards) {
      case REPLACE -> secretTenant();
      case CLEAN -> tenants;
    };
  }

  private static String secretTenant() {
    return TENANT + " " + UUID.randomUUID();
  }

  /** What news may tell of a pool's tenant: of ours, not its secret. */
  public static String shownTenant(String tenant) {
    return tenant.startsWith(TENANT + " ") ? TENANT : tenant;
  }

  /** Empty when the office is no good: it is replaced then. */
  private Optional<Place> tryOne(OfficeLease lease) {
    var taken = Optional.<Place>empty();
    try {
      if (answers(lease.office())) {
        taken = Optional.of(new Taken(lease, lease.office().connect()));
      } else {
        log.warn("{}: not responsive any more, is replaced", lease.office().name());
      }
    } catch (IOException e) {
      log.warn("{}: does not accept, is replaced: {}", lease.office().name(), e.getMessage());
    } finally {
      if (taken.isEmpty()) {
        lease.spoil();
        lease.close();
      }
    }
    return taken;
  }

  private boolean answers(Office office) {
    try (var _ = watchdog.guard(office, ANSWERS_WITHIN)) {
      return office.answers();
    }
  }

  private final class Taken implements Place {

    private final OfficeLease lease;
    private final SocketChannel channel;

    private Taken(OfficeLease lease, SocketChannel channel) {
      this.lease = lease;
      this.channel = channel;
    }

    @Override
    public String office() {
      return lease.office().name();
    }

    @Override
    public SocketChannel channel() {
      return channel;
    }

    /** What the client started goes on without it: such an office is killed in any case. */
    @Override
    public void giveBack(SessionEnd how) {
      try {
        var cleanable =
            afterwards == Afterwards.CLEAN
                && how == SessionEnd.CLIENT_LEFT
                && answers(lease.office());
        if (!cleanable) {
          lease.spoil();
          lease.office().kill(death(how));
        }
      } finally {
        lease.close();
        free.release();
      }
    }

    private static Office.Death death(SessionEnd how) {
      return switch (how) {
        case IDLE, TOO_LONG -> Office.Death.DEADLINE;
        case CLIENT_LEFT, OFFICE_ENDED, BUSY, STOPPED, FAILED -> Office.Death.RETIRED;
      };
    }
  }
}
