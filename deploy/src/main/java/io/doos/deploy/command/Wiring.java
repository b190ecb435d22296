package io.doos.deploy.command;

import io.doos.common.config.Settings;
import io.doos.common.store.ObjectStore;
import io.doos.deploy.doctor.Check;
import java.util.List;

/**
 * What the command starts and asks behind its subcommands.
 *
 * @param standalone gateway, worker and embedded parts in this process
 * @param gateway a gateway in this process
 * @param worker a worker in this process
 * @param store the farm's bucket
 * @param checks what the doctor looks at, in the order in which it tells
 */
public record Wiring(
    FarmProcess standalone,
    FarmProcess gateway,
    FarmProcess worker,
    StoreOpener store,
    Checks checks) {

  /** Runs a part of the farm until it is told to stop. */
  @FunctionalInterface
  public interface FarmProcess {
    /** Answers the exit code; throws when it cannot start. */
    int run(Settings settings) throws Exception;
  }

  /** Opens the bucket that the settings name. */
  @FunctionalInterface
  public interface StoreOpener {
    ObjectStore open(Settings settings) throws Exception;
  }

  /** Names the checks that fit the settings. */
  @FunctionalInterface
  public interface Checks {
    List<Check> of(Settings settings) throws Exception;
  }
}
