package io.doos.worker.engine;

import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.worker.office.Office;
import java.util.concurrent.TimeUnit;

/** What an office that fails under the work tells. */
final class OfficeTrouble {

  private static final long DEATH_KNOWN_WITHIN_MS = 2000;
  private static final long DEATH_POLL_MS = 5;

  private OfficeTrouble() {}

  /** Its bridge is gone; that its process is, and why, may be known a moment later. */
  static Office.Death death(Office office) throws InterruptedException {
    for (var waitedMs = 0L; waitedMs < DEATH_KNOWN_WITHIN_MS; waitedMs += DEATH_POLL_MS) {
      if (office.death() != Office.Death.NONE) {
        return office.death();
      }
      TimeUnit.MILLISECONDS.sleep(DEATH_POLL_MS);
    }
    return Office.Death.ITSELF;
  }

  /**
   * What an exception of an office that still lives means.
   *
   * @param code what it means unless it says that memory ran out
   */
  static JobError error(com.sun.star.uno.RuntimeException e, ErrorCode code) {
    var message = String.valueOf(e.getMessage());
    return message.contains("bad_alloc")
        ? JobError.of(
            ErrorCode.OUT_OF_MEMORY,
            "It asked for more memory than an office may have (jail.memory)")
        : JobError.of(
            code, "The office failed under it: " + e.getClass().getName() + ": " + message);
  }
}
