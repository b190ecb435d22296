package io.doos.gateway.uno;

import io.doos.common.health.Check;
import io.doos.common.health.HealthChecks;
import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.metrics.Metrics;
import io.doos.common.queue.Workers;
import io.doos.common.uno.UnoDoor;
import io.doos.common.uno.UnoDoorMeters;
import io.doos.common.uno.UnoDoorView;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The UNO door of a gateway, open only where one is set: clients get offices of whichever worker
 * has one free.
 */
public final class FarmDoor implements Service {

  private final Optional<UnoDoor.Config> config;
  private final Workers workers;
  private final Metrics metrics;
  private final InstantSource clock;
  private final Closer closer = new Closer();
  private volatile @Nullable UnoDoor door;
  private volatile boolean closing;

  /**
   * A door that is not open yet.
   *
   * @param workers tell of their doors; started before this
   * @param metrics where it shows its sessions
   */
  public FarmDoor(
      Optional<UnoDoor.Config> config, Workers workers, Metrics metrics, InstantSource clock) {
    this.config = config;
    this.workers = workers;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public void start() throws Exception {
    if (config.isEmpty()) {
      return;
    }
    try {
      var board = new WorkerBoard(clock);
      closer.add(workers.hear(board::hear));
      var open = closer.start(new UnoDoor(config.get(), new FarmPlaces(board, clock), clock));
      door = open;
      UnoDoorMeters.show(metrics, open::view);
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /** The door and its sessions as they are now; empty where there is none. */
  public Optional<UnoDoorView> view() {
    return Optional.ofNullable(door).map(UnoDoor::view);
  }

  /** Whether it lets clients in; nothing where there is none. */
  public HealthChecks checks() {
    return config.isEmpty() ? HealthChecks.NONE : new HealthChecks(List.of(this::check), List.of());
  }

  private Check check() {
    var open = door;
    return open == null || open.isServing() || closing
        ? Check.ok(UnoDoor.CHECK, "as it should be")
        : Check.failed(UnoDoor.CHECK, "accepts no connections any more, and will not again");
  }

  @Override
  public void hurry() {
    var open = door;
    if (open != null) {
      open.hurry();
    }
  }

  @Override
  public void close() {
    closing = true;
    closer.close();
  }
}
