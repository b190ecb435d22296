package io.doos.common.config;

import io.doos.common.config.UnoSetting.WhenBusy;
import io.doos.common.uno.SessionLimits;
import io.doos.common.uno.UnoDoor;
import java.time.Duration;
import java.util.Optional;

/** What the settings mean to a UNO door, which a worker and a gateway open alike. */
public final class UnoSettings {

  private UnoSettings() {}

  /** The door that {@code uno.accept} asks for, if any. */
  public static Optional<UnoDoor.Config> door(Settings settings) {
    var patience = settings.get(UnoSetting.UNO_PATIENCE);
    var waits = settings.get(UnoSetting.UNO_WHEN_BUSY) == WhenBusy.WAIT;
    return settings
        .get(UnoSetting.UNO_ACCEPT)
        .map(address ->
            new UnoDoor.Config(
                address,
                settings.get(UnoSetting.UNO_ALLOW)::contains,
                waits ? patience : Duration.ZERO,
                patience,
                settings.get(UnoSetting.UNO_MAX_CONNECTIONS),
                new SessionLimits(
                    settings.get(UnoSetting.UNO_SESSION_LIMIT),
                    settings.get(UnoSetting.UNO_IDLE_LIMIT)),
                settings.get(ProcessSetting.STOP_GRACE)));
  }
}
