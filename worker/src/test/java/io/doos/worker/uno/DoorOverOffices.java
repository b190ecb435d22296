package io.doos.worker.uno;

import io.doos.common.config.UnoSetting.Afterwards;
import io.doos.common.life.Closer;
import io.doos.common.uno.SessionLimits;
import io.doos.common.uno.UnoAddress;
import io.doos.common.uno.UnoDoor;
import io.doos.common.uno.UnoDoorView;
import io.doos.worker.engine.OfficeBasics;
import io.doos.worker.engine.OfficeCleaning;
import io.doos.worker.engine.OfficePreparation;
import io.doos.worker.office.OfficePool;
import io.doos.worker.office.OfficeSettings;
import io.doos.worker.office.OfficeSnapshot;
import io.doos.worker.office.Offices;
import io.doos.worker.office.Watchdog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A UNO door over real offices, as a worker opens it. */
public final class DoorOverOffices implements AutoCloseable {

  /** What a test may want otherwise. */
  public record Wishes(
      int offices,
      int standby,
      Afterwards afterwards,
      Duration patience,
      SessionLimits limits,
      UnoAddress address,
      Optional<Path> shared) {

    /** So many offices and a standby, each replaced after its client; patient clients. */
    public static Wishes of(int offices) {
      return new Wishes(
          offices,
          1,
          Afterwards.REPLACE,
          Duration.ofMinutes(2),
          new SessionLimits(Duration.ofHours(1), Duration.ofHours(1)),
          new UnoAddress.Tcp("127.0.0.1", 0),
          Optional.empty());
    }

    public Wishes with(Afterwards other) {
      return new Wishes(offices, standby, other, patience, limits, address, shared);
    }

    public Wishes withPatience(Duration other) {
      return new Wishes(offices, standby, afterwards, other, limits, address, shared);
    }

    public Wishes with(SessionLimits other) {
      return new Wishes(offices, standby, afterwards, patience, other, address, shared);
    }

    public Wishes at(UnoAddress other) {
      return new Wishes(offices, standby, afterwards, patience, limits, other, shared);
    }

    public Wishes sharing(Path folder) {
      return new Wishes(
          offices, standby, afterwards, patience, limits, address, Optional.of(folder));
    }
  }

  private final Closer closer = new Closer();
  private final OfficePool pool;
  private final OfficePlaces places;
  private final UnoDoor door;

  /** Opens it; with nothing but temporary folders in {@code folder}. */
  public DoorOverOffices(Path folder, Wishes wishes) throws Exception {
    var clock = InstantSource.system();
    var basics = new OfficeBasics();
    var up = false;
    try {
      var offices = closer.add(Offices.open(settings(folder, wishes)));
      var watchdog = closer.start(new Watchdog(Watchdog.Settings.standard(), clock));
      pool =
          closer.start(
              new OfficePool(
                  new OfficePool.Settings(
                      wishes.offices,
                      wishes.standby,
                      OfficePool.Reuse.TENANT,
                      200,
                      Duration.ofHours(1),
                      1L << 30,
                      Duration.ofSeconds(5),
                      Duration.ofMinutes(1)),
                  offices,
                  watchdog,
                  new OfficePreparation(basics),
                  new OfficeCleaning(basics),
                  clock));
      places = new OfficePlaces(pool, watchdog, wishes.offices, wishes.afterwards, clock);
      door =
          closer.start(
              new UnoDoor(
                  new UnoDoor.Config(
                      wishes.address,
                      _ -> true,
                      wishes.patience,
                      wishes.patience,
                      64,
                      wishes.limits,
                      Duration.ofMillis(10)),
                  places,
                  clock));
      up = true;
    } finally {
      if (!up) {
        closer.close();
      }
    }
  }

  private static OfficeSettings settings(Path folder, Wishes wishes) {
    var standard = OfficeSettings.standard(folder);
    return new OfficeSettings(
        standard.folder(),
        standard.program(),
        standard.jail(),
        standard.firstUid(),
        standard.caps(),
        standard.locale(),
        standard.timezone(),
        standard.templates(),
        standard.fonts(),
        Duration.ofMinutes(1),
        wishes.shared);
  }

  public int port() {
    return door.view().port();
  }

  /** As clients name it. */
  public String connection() {
    return "socket,host=127.0.0.1,port=" + port();
  }

  public UnoDoorView view() {
    return door.view();
  }

  public List<OfficeSnapshot> offices() {
    return pool.snapshot();
  }

  /** How long a client waits for its office that finds one ready. */
  int microsecondsToLease() throws Exception {
    var begin = System.nanoTime();
    var place = places.take("bench", Duration.ofMinutes(1));
    var took = (int) ((System.nanoTime() - begin) / 1000);
    place.channel().close();
    place.giveBack(io.doos.common.uno.SessionEnd.CLIENT_LEFT);
    return took;
  }

  /** The office that a client has, once one has any. */
  public OfficeSnapshot leased() {
    return pool.snapshot().stream()
        .filter(office -> office.phase().equals("LEASED"))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    closer.close();
  }
}
