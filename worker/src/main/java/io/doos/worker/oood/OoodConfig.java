package io.doos.worker.oood;

import io.doos.common.uno.UnoAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a configuration file of the old oood says.
 *
 * @param acceptor where clients connect to
 * @param adminAcceptor where {@code stop} and {@code status} connect to
 * @param userInstallations one for each office; the folders themselves are not used
 * @param officeHome where the office is installed, where the file says so
 * @param startupTime how long an office may take to start
 * @param maxUses how many clients an office serves before it is replaced
 * @param randomUses by how many more or less, at random
 * @param ignored what is in the file and means nothing to us, a sentence each
 */
public record OoodConfig(
    UnoAddress acceptor,
    UnoAddress adminAcceptor,
    List<String> userInstallations,
    Optional<String> officeHome,
    Duration startupTime,
    int maxUses,
    int randomUses,
    Level level,
    List<String> ignored) {

  /** How much is logged. */
  public enum Level {
    /** Only what somebody must look at. */
    SERIOUS,
    /** Also who comes and goes. */
    INFO,
    /** All there is to say. */
    DETAIL
  }

  public OoodConfig {
    userInstallations = List.copyOf(userInstallations);
    ignored = List.copyOf(ignored);
    if (userInstallations.isEmpty() || maxUses < 1 || randomUses < 0) {
      throw new IllegalArgumentException("an office at least, and a use at least");
    }
  }
}
