package io.doos.worker.run;

import io.doos.common.job.JobMessage;
import io.doos.common.job.Work;
import io.doos.common.ledger.Begin;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.store.ObjectStore;
import io.doos.worker.engine.EngineResult;
import io.doos.worker.format.FormatEngine;
import io.doos.worker.format.FormatResult;
import io.doos.worker.format.FormatTask;
import io.doos.worker.format.FormatTurn;
import io.doos.worker.format.FormatterLease;
import io.doos.worker.format.FormatterPool;
import io.doos.worker.format.FromWeb;
import io.doos.worker.format.JobFiles;
import io.doos.worker.mirror.FolderMirror;
import io.doos.worker.office.OfficeFailure;
import io.doos.worker.office.Watchdog;
import io.doos.worker.web.WebFetcher;
import io.doos.worker.web.WebReferences;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a job of kind format: fetch → lease a formatter → format → store. What the document needs of
 * the web, where it may have it, is fetched when a formatter has found it out, and the document
 * then formatted again. No office is involved, but the job has one of the worker's places like any
 * other.
 */
public final class FormatAttempt implements Attempt {

  private static final Logger log = LoggerFactory.getLogger(FormatAttempt.class);

  /** Between two looks whether the attempt was stopped while it waits for a formatter. */
  private static final Duration LEASE_PATIENCE = Duration.ofSeconds(1);

  /** After a formatter could not be started. */
  private static final Duration START_PAUSE = Duration.ofSeconds(2);

  /** Then the attempt is over; after the last one the client hears why. */
  private static final int MOST_STARTS = 3;

  /** A drawing that was fetched may need others; as many rounds as the CLISER door has. */
  private static final int MOST_FETCHES = 3;

  /** A formatter's last word, however long the earlier ones took. */
  private static final Duration LEAST_TIME = Duration.ofSeconds(1);

  /**
   * What an attempt works with.
   *
   * @param fonts brought up to date before each job
   * @param web fetches what documents may have of the web
   */
  public record Tools(
      FormatterPool pool,
      Watchdog watchdog,
      FormatEngine engine,
      FolderMirror fonts,
      WebFetcher web) {}

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
    try {
      var workspace = Workspace.create(config.folder(), message.ticket(), claimed.attempt());
      running.putOff(workspace::close);
      Patience.<Boolean, IOException>hold(running, _ -> tools.fonts().refresh());
      var left =
          Patience.<InputFetcher.Limits, JobFault>hold(
              running, _ -> fetcher.fetch(message, workspace));
      stages.fetched();
      var web =
          new WebReferences(
              tools.web(), workspace.scratch("web"), left.maxBytes(), left.maxFiles());
      var result = format(work, message, workspace, web, running, stages);
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
    } catch (NoFormatter e) {
      var error =
          JobError.of(ErrorCode.INTERNAL, "No formatter could be started: " + e.getMessage());
      return new OfficeDied(Conclusion.failed(error, stages));
    } catch (IOException e) {
      log.error("Job {} failed on this worker's own disk", message.ticket(), e);
      var error = JobError.of(ErrorCode.INTERNAL, "The worker's disk failed: " + e);
      return new Ran(Conclusion.failed(error, stages));
    }
  }

  /** Formats, and again with what had to be fetched first. No formatter waits for the web. */
  private EngineResult format(
      Work.Format work,
      JobMessage message,
      Workspace workspace,
      WebReferences web,
      RunningJob running,
      Stages stages)
      throws StoppedException, InterruptedException, IOException, NoFormatter {
    var time = config.timeoutOf(message);
    var files = JobFiles.in(workspace.input());
    for (int fetches = 0; ; fetches++) {
      var known = new FromWeb(tools.web().hosts(), web.files(), web.failed());
      var turn =
          turn(
              new FormatTask(
                  work, fetches < MOST_FETCHES ? known : known.closed(), files, workspace.output()),
              message,
              time,
              running);
      switch (turn.result()) {
        case FormatResult.Ended(var result) -> {
          return result;
        }
        case FormatResult.Wants(var references) -> {
          stages.ran();
          web.fetch(references, running::check);
          stages.fetched();
        }
      }
      var left = time.minus(turn.took());
      time = left.compareTo(LEAST_TIME) > 0 ? left : LEAST_TIME;
    }
  }

  /** A time that the document had a formatter. */
  private record Turn(FormatResult result, Duration took) {}

  private Turn turn(FormatTask task, JobMessage message, Duration time, RunningJob running)
      throws StoppedException, InterruptedException, IOException, NoFormatter {
    FormatTurn turn;
    Duration took;
    try (var lease = lease(task, message, running)) {
      running.enter(lease.program(), clock.instant());
      var begun = System.nanoTime();
      try (var _ = tools.watchdog().guard(lease.program(), time)) {
        turn = tools.engine().run(task, lease);
        took = Duration.ofNanos(System.nanoTime() - begun);
      } finally {
        running.leave();
      }
    }
    return new Turn(turn.conclude(), took); // meanwhile others format
  }

  private FormatterLease lease(FormatTask task, JobMessage message, RunningJob running)
      throws StoppedException, InterruptedException, NoFormatter {
    var tenant = message.tenant() == null ? "" : message.tenant();
    for (int failures = 0; ; ) {
      running.check();
      try {
        return tools.pool().lease(tenant, LEASE_PATIENCE, task);
      } catch (OfficeFailure.AllBusy | OfficeFailure.Stopped e) {
        log.debug("No formatter for job {} yet: {}", message.ticket(), e.getMessage());
      } catch (OfficeFailure e) {
        log.warn("No formatter for job {}: {}", message.ticket(), e.getMessage());
        if (++failures == MOST_STARTS) {
          throw new NoFormatter(e);
        }
        running.pause(START_PAUSE);
      }
    }
  }

  /** This worker has no formatter to offer. */
  private static final class NoFormatter extends Exception {
    private NoFormatter(OfficeFailure why) {
      super(why.getMessage(), why);
    }
  }
}
