package io.doos.gateway.http;

import io.doos.common.http.Problem;
import io.doos.common.job.Ticket;
import io.doos.gateway.access.Caller;
import io.doos.gateway.intake.Door;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.intake.Refusal;
import io.doos.gateway.intake.Submission;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Hands submissions to the intake. Names and small files are in memory while a job is taken: so
 * many at a time, the rest waits, and is sent away when that lasts too long.
 */
final class Submitting {

  private static final int AT_ONCE = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final Intake intake;

  Submitting(Intake intake) {
    this.intake = intake;
  }

  Intake.Taken take(Submission submission, Caller caller) throws Problem, InterruptedException {
    return take(submission, caller, _ -> {});
  }

  /**
   * The same.
   *
   * @param drawn told the ticket of a new job before the job may run
   */
  Intake.Taken take(Submission submission, Caller caller, Consumer<Ticket> drawn)
      throws Problem, InterruptedException {
    if (!turns.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw Answers.of(new Refusal.Busy("Too many jobs are coming in", null));
    }
    try {
      return intake.take(submission, caller, Door.HTTP, drawn);
    } catch (Refusal e) {
      throw Answers.of(e);
    } catch (IOException e) {
      throw Answers.diskFailed(e);
    } finally {
      turns.release();
    }
  }
}
