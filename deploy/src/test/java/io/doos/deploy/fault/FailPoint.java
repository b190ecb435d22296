package io.doos.deploy.fault;

/**
 * A line at which a process of the farm dies: just before, or just after, its first effect of a
 * kind.
 *
 * @param isBefore whether the effect does not come about any more
 * @param effect such as {@code create claim-1.json}, {@code put bundle} or {@code ack}
 */
record FailPoint(boolean isBefore, String effect) {

  /** What a process that died here exits with. */
  static final int EXIT = 86;

  static FailPoint before(String effect) {
    return new FailPoint(true, effect);
  }

  static FailPoint after(String effect) {
    return new FailPoint(false, effect);
  }

  /** As {@link #toString} writes it. */
  static FailPoint parse(String text) {
    var words = text.split(" ", 2);
    return new FailPoint(words[0].equals("before"), words[1]);
  }

  /** Something that changes the world. */
  interface Effect<T, E extends Exception, F extends Exception> {
    T bring() throws E, F;
  }

  /** Brings an effect about, unless the process dies first. */
  <T, E extends Exception, F extends Exception> T pass(String name, Effect<T, E, F> effect)
      throws E, F {
    var isHere = name.equals(this.effect);
    if (isHere && isBefore) {
      Runtime.getRuntime().halt(EXIT);
    }
    var brought = effect.bring();
    if (isHere) {
      Runtime.getRuntime().halt(EXIT);
    }
    return brought;
  }

  @Override
  public String toString() {
    return (isBefore ? "before " : "after ") + effect;
  }
}
