package io.doos.common.health;

/**
 * Whether a part of the process does its work yet, or still. Its owner says so; anybody may look.
 */
public final class Standing implements Probe {

  private enum Stage {
    STARTING,
    WORKING,
    STOPPING
  }

  private final String name;
  private final String work;
  private volatile Stage stage = Stage.STARTING;

  /**
   * It starts.
   *
   * @param work what it does once started, such as {@code takes jobs}
   */
  public Standing(String name, String work) {
    this.name = name;
    this.work = work;
  }

  /** It works, unless it was told to stop. */
  public synchronized void started() {
    if (stage == Stage.STARTING) {
      stage = Stage.WORKING;
    }
  }

  /** It takes no new work any more. */
  public synchronized void stopping() {
    stage = Stage.STOPPING;
  }

  /** Whether it was told to stop. */
  public boolean isStopping() {
    return stage == Stage.STOPPING;
  }

  @Override
  public Check look() {
    return switch (stage) {
      case STARTING -> Check.failed(name, "starting");
      case WORKING -> Check.ok(name, work);
      case STOPPING ->
          Check.failed(name, "draining: it is stopping, takes no new work, finishes what runs");
    };
  }
}
