package io.doos.worker;

import io.doos.common.config.Settings;
import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.uno.UnoDoor;
import io.doos.worker.engine.OfficeBasics;
import io.doos.worker.engine.OfficeCleaning;
import io.doos.worker.engine.OfficePreparation;
import io.doos.worker.office.OfficePool;
import io.doos.worker.office.Offices;
import io.doos.worker.office.Watchdog;
import io.doos.worker.oood.OoodConfig;
import io.doos.worker.oood.OoodDaemon;
import io.doos.worker.uno.OfficePlaces;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Offices for UNO clients, and nothing else; built here in reading order. */
final class OoodWorker implements Service {

  private final WorkerSettings settings;
  private final OoodConfig config;
  private final InstantSource clock;
  private final Runnable stop;
  private final Closer closer = new Closer();
  private volatile @Nullable OoodDaemon daemon;

  /**
   * @param settings with all that {@code config} says
   * @param stop tells the process to stop
   */
  OoodWorker(Settings settings, OoodConfig config, InstantSource clock, Runnable stop) {
    this.settings = new WorkerSettings(settings);
    this.config = config;
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public void start() throws Exception {
    try {
      var folder = WorkerFolder.in(settings.dataFolder());
      var offices = closer.add(Offices.open(settings.ooodOffices(folder)));
      var watchdog = closer.start(new Watchdog(settings.watchdog(), clock));
      var basics = new OfficeBasics();
      var pool =
          closer.start(
              new OfficePool(
                  settings.pool(),
                  offices,
                  watchdog,
                  new OfficePreparation(basics),
                  new OfficeCleaning(basics),
                  clock));
      var places =
          new OfficePlaces(
              pool, watchdog, config.userInstallations().size(), settings.afterUno(), clock);
      var door = new UnoDoor(settings.uno().orElseThrow(), places, clock);
      daemon = closer.start(new OoodDaemon(config, pool, door, clock, stop));
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  @Override
  public void hurry() {
    var running = daemon;
    if (running != null) {
      running.hurry();
    }
  }

  @Override
  public void close() {
    closer.close();
  }
}
