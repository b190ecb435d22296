package io.doos.worker.oood;

import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.uno.UnoDoor;
import io.doos.worker.office.OfficePool;
import io.doos.worker.office.OfficeSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Offices and a UNO door, with the administrators' door and the status of the old oood. */
public final class OoodDaemon implements Service {

  private final OoodConfig config;
  private final OfficePool pool;
  private final UnoDoor door;
  private final InstantSource clock;
  private final AdminDoor admin;
  private final Closer closer = new Closer();

  /**
   * A daemon that has not started.
   *
   * @param pool with its first offices up; the caller's to close
   * @param door not open yet
   * @param stop tells the process to stop
   */
  public OoodDaemon(
      OoodConfig config, OfficePool pool, UnoDoor door, InstantSource clock, Runnable stop) {
    this.config = config;
    this.pool = pool;
    this.door = door;
    this.clock = clock;
    this.admin = new AdminDoor(config.adminAcceptor(), () -> status().text(), stop);
  }

  @Override
  public void start() throws Exception {
    try {
      closer.start(admin);
      closer.start(door);
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private OoodStatus status() {
    var view = door.view();
    var since = new HashMap<String, Duration>();
    for (var session : view.sessions()) {
      session
          .office()
          .ifPresent(
              office -> since.put(office, Duration.between(session.since(), clock.instant())));
    }
    var rows = pool.snapshot().stream().map(office -> row(office, since)).toList();
    return new OoodStatus(view.free(), rows);
  }

  private OoodStatus.Row row(OfficeSnapshot office, Map<String, Duration> since) {
    var folders = config.userInstallations();
    return new OoodStatus.Row(
        office.slot(),
        office.pid(),
        Optional.ofNullable(since.get(office.name())),
        office.uses(),
        office.slot() < folders.size() ? folders.get(office.slot()) : "");
  }

  @Override
  public void hurry() {
    door.hurry();
  }

  @Override
  public void close() {
    closer.close();
  }
}
