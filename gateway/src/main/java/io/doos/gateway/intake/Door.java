package io.doos.gateway.intake;

import java.util.Locale;

/** Where jobs come in. */
public enum Door {
  DOOS,
  HTTP,
  CLISER,
  /** The operations page, where a job is sent once more. */
  PAGE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
