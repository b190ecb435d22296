package io.doos.deploy.doctor;

import io.doos.common.config.Settings;
import java.util.List;

/** What the doctor looks at on the machine itself. */
public final class MachineChecks {

  private MachineChecks() {}

  /** The checks, in the order in which they are told. */
  public static List<Check> of(Settings settings) {
    return List.of();
  }
}
