package io.doos.common.uno;

import java.util.List;
import java.util.Map;

/**
 * A UNO door as it is at a moment, for people and metrics.
 *
 * @param port its TCP port; 0 for a pipe
 * @param places how many clients can have an office at the same time
 * @param free how many more could have one now
 * @param sessions all clients that are connected, with an office or waiting for one
 * @param ended how many sessions ended since its start, by how
 */
public record UnoDoorView(
    int port, int places, int free, List<UnoSessionView> sessions, Map<SessionEnd, Long> ended) {

  /** How many offices are in use. */
  public int inUse() {
    return (int) sessions.stream().filter(session -> session.office().isPresent()).count();
  }

  /** How many clients wait for an office. */
  public int waiting() {
    return sessions.size() - inUse();
  }
}
