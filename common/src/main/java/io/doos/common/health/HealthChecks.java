package io.doos.common.health;

import java.util.ArrayList;
import java.util.List;

/**
 * What a process must look at to know how it is.
 *
 * @param vital fails only when nothing but a new process helps
 * @param needed fails for as long as the process cannot do its work, which may pass
 */
public record HealthChecks(List<Probe> vital, List<Probe> needed) {

  public static final HealthChecks NONE = new HealthChecks(List.of(), List.of());

  public HealthChecks {
    vital = List.copyOf(vital);
    needed = List.copyOf(needed);
  }

  /** These and those, as of one process. */
  public HealthChecks and(HealthChecks others) {
    return new HealthChecks(both(vital, others.vital), both(needed, others.needed));
  }

  /** Whether the process may go on; asks nobody outside of it. */
  public Health alive() {
    return look(vital);
  }

  /** Whether it can do its work now. */
  public Health ready() {
    return look(both(vital, needed));
  }

  private static Health look(List<Probe> probes) {
    return new Health(probes.stream().map(Probe::look).toList());
  }

  private static List<Probe> both(List<Probe> some, List<Probe> others) {
    var all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }
}
