package io.doos.gateway.uno;

import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.queue.Workers;
import io.doos.common.uno.UnoDoor;
import io.doos.common.uno.UnoDoorView;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The UNO door of a gateway, open only where one is set: clients get offices of whichever worker
 * has one free.
 */
public final class FarmDoor implements Service {

  private final Optional<UnoDoor.Config> config;
  private final Workers workers;
  private final InstantSource clock;
  private final Closer closer = new Closer();
  private volatile @Nullable UnoDoor door;

  /**
   * A door that is not open yet.
   *
   * @param workers tell of their doors; started before this
   */
  public FarmDoor(Optional<UnoDoor.Config> config, Workers workers, InstantSource clock) {
    this.config = config;
    this.workers = workers;
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
      door = closer.start(new UnoDoor(config.get(), new FarmPlaces(board, clock), clock));
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /** The door and its sessions as they are now; empty where there is none. */
  public Optional<UnoDoorView> view() {
    return Optional.ofNullable(door).map(UnoDoor::view);
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
    closer.close();
  }
}
