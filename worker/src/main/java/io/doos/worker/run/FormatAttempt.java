package io.doos.worker.run;

import io.doos.common.job.JobMessage;
import io.doos.common.job.Work;
import io.doos.common.ledger.Begin;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.store.ObjectStore;
import io.doos.worker.engine.EngineResult;
import io.doos.worker.format.FormatEngine;
import io.doos.worker.format.FormatterLease;
import io.doos.worker.format.FormatterPool;
import io.doos.worker.mirror.FolderMirror;
import io.doos.worker.office.OfficeFailure;
import io.doos.worker.office.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a job of kind format: fetch → lease a formatter → format → store. No office is involved, but
 * the job has one of the worker's places like any other.
 */
public final class FormatAttempt implements Attempt {

  private static final Logger log = LoggerFactory.getLogger(FormatAttempt.class);

  /** Between two looks whether the attempt was stopped while it waits for a formatter. */
  private static final Duration LEASE_PATIENCE = Duration.ofSeconds(1);

  /** After a formatter could not be started. */
  private static final Duration START_PAUSE = Duration.ofSeconds(2);

  /**
   * What an attempt works with.
   *
   * @param fonts brought up to date before each job
   */
  public record Tools(
      FormatterPool pool, Watchdog watchdog, FormatEngine engine, FolderMirror fonts) {}

  private final OfficeAttempt.Config config;
  private final Tools tools;
  private final ObjectStore store;
  private final InstantSource clock;
  private final InputFetcher fetcher;
  private final OutputPacker packer;

  /**
   * @param config as for attempts in offices
   */
  public FormatAttempt(
      OfficeAttempt.Config config, Tools tools, ObjectStore store, InstantSource clock) {
    this.config = config;
    this.tools = tools;
    this.store = store;
    this.clock = clock;
    this.fetcher = new InputFetcher(store, config.input());
    this.packer = new OutputPacker(config.output());
  }

  @Override
  public Attempt.Report run(Begin.Claimed claimed, RunningJob running)
      throws StoppedException, InterruptedException {
    var message = claimed.job().message();
    if (!(message.work() instanceof Work.Format work)) {
      throw new IllegalArgumentException("not a document to format: " + message.work().kind());
    }
    var stages = new Stages(Duration.between(message.submittedAt(), claimed.at()));
    try (var workspace = Workspace.create(config.folder(), message.ticket(), claimed.attempt())) {
      Patience.<Boolean, IOException>hold(running, _ -> tools.fonts().refresh());
      Patience.<Workspace, JobFault>hold(running, _ -> fetcher.fetch(message, workspace));
      stages.fetched();
      var result = format(work, message, workspace, running);
      stages.ran();
      return new Conclusion(
              packer,
              store,
              claimed,
              workspace,
              running,
              stages,
              config.timeoutOf(message),
              tools.watchdog().allowance())
          .of(result, FormatEngine.VERSION);
    } catch (JobFault e) {
      return new Ran(Conclusion.failed(e.error(), stages));
    } catch (IOException e) {
      log.error("Job {} failed on this worker's own disk", message.ticket(), e);
      var error = JobError.of(ErrorCode.INTERNAL, "The worker's disk failed: " + e);
      return new Ran(Conclusion.failed(error, stages));
    }
  }

  private EngineResult format(
      Work.Format work, JobMessage message, Workspace workspace, RunningJob running)
      throws StoppedException, InterruptedException, IOException {
    try (var lease = lease(message, running)) {
      running.enter(lease.program(), clock.instant());
      try (var _ = tools.watchdog().guard(lease.program(), config.timeoutOf(message))) {
        return tools.engine().run(work, workspace.input(), workspace.output(), lease);
      } finally {
        running.leave();
      }
    }
  }

  private FormatterLease lease(JobMessage message, RunningJob running)
      throws StoppedException, InterruptedException {
    var tenant = message.tenant() == null ? "" : message.tenant();
    while (true) {
      running.check();
      try {
        return tools.pool().lease(tenant, LEASE_PATIENCE);
      } catch (OfficeFailure.AllBusy e) {
        log.debug("No formatter for job {} yet: {}", message.ticket(), e.getMessage());
      } catch (OfficeFailure e) {
        log.warn("No formatter for job {}: {}", message.ticket(), e.getMessage());
        running.pause(START_PAUSE);
      }
    }
  }
}
