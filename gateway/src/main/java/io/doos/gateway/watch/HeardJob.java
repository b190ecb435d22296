package io.doos.gateway.watch;

import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.status.State;
import java.time.Instant;
import java.util.Optional;

/** What is remembered of a job: that it was taken here, or how it ended. */
public sealed interface HeardJob permits OpenJob, EndedJob {

  Ticket ticket();

  State state();

  /** Of its work, such as {@code macro}. */
  Optional<String> kind();

  Optional<Pool> pool();

  Optional<String> tenant();

  Optional<String> worker();

  /** One line, shortened; empty where there is none. */
  String error();

  /** When it came to that: its end, or its submission. */
  Instant at();
}
