package io.doos.worker.run;

import io.doos.common.job.JobMessage;
import io.doos.common.job.Work;
import io.doos.common.ledger.Begin;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.store.ObjectStore;
import io.doos.worker.engine.DisposableOffices;
import io.doos.worker.engine.Engine;
import io.doos.worker.engine.EngineResult;
import io.doos.worker.engine.EngineTask;
import io.doos.worker.engine.JobFolder;
import io.doos.worker.mirror.FolderMirror;
import io.doos.worker.office.Office;
import io.doos.worker.office.OfficeFailure;
import io.doos.worker.office.OfficeLease;
import io.doos.worker.office.OfficePool;
import io.doos.worker.office.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a job in an office: fetch → lease → run → take → store. The office is held from lease to
 * take only; all else overlaps with other jobs' office time.
 */
public final class OfficeAttempt implements Attempt {

  private static final Logger log = LoggerFactory.getLogger(OfficeAttempt.class);

  /** Between two looks whether the attempt was stopped while it waits for an office. */
  private static final Duration LEASE_PATIENCE = Duration.ofSeconds(1);

  /**
   * What the operator decides.
   *
   * @param folder where workspaces are made, on the same file system as the offices' job folders
   * @param timeout for jobs that ask for none
   * @param maxTimeout the most that a job gets when it asks
   * @param input what a job may bring
   * @param output what a job may leave
   */
  public record Config(
      Path folder,
      Duration timeout,
      Duration maxTimeout,
      InputFetcher.Limits input,
      OutputPacker.Limits output) {

    /** What a job gets: what it asks for, within limits. */
    Duration timeoutOf(JobMessage message) {
      var asked = message.limits().timeout();
      var wanted = asked == null ? timeout : asked;
      return wanted.compareTo(maxTimeout) < 0 ? wanted : maxTimeout;
    }
  }

  /**
   * What an attempt works with.
   *
   * @param disposable where the engine gets offices to look into a failure with
   * @param macros does work of kind macro
   * @param conversions does work of kind convert
   * @param mirrors brought up to date before each job
   */
  public record Tools(
      OfficePool pool,
      DisposableOffices disposable,
      Watchdog watchdog,
      Engine macros,
      Engine conversions,
      List<FolderMirror> mirrors) {}

  private final Config config;
  private final Tools tools;
  private final ObjectStore store;
  private final InstantSource clock;
  private final InputFetcher fetcher;
  private final OutputPacker packer;

  public OfficeAttempt(
      Config config, Tools tools, ObjectStore store, InstantSource clock, JobMeter meter) {
    this.config = config;
    this.tools = tools;
    this.store = store;
    this.clock = clock;
    this.fetcher = new InputFetcher(store, config.input(), meter::fetched);
    this.packer = new OutputPacker(config.output());
  }

  @Override
  public Attempt.Report run(Begin.Claimed claimed, RunningJob running)
      throws StoppedException, InterruptedException {
    var message = claimed.job().message();
    var stages = new Stages(Duration.between(message.submittedAt(), claimed.at()));
    try {
      var workspace = Workspace.create(config.folder(), message.ticket(), claimed.attempt());
      running.putOff(workspace::close);
      var engine = engine(message.work());
      fetch(message, workspace, running);
      stages.fetched();
      var worked = work(engine, message, workspace, running);
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
          .of(worked.result(), worked.officeVersion());
    } catch (JobFault e) {
      return new Ran(Conclusion.failed(e.error(), stages));
    } catch (IOException e) {
      log.error("Job {} failed on this worker's own disk", message.ticket(), e);
      return new Ran(
          Conclusion.failed(
              JobError.of(ErrorCode.INTERNAL, "The worker's disk failed: " + e), stages));
    }
  }

  private Engine engine(Work work) throws JobFault {
    return switch (work) {
      case Work.RunMacro _ -> tools.macros();
      case Work.Convert _ -> tools.conversions();
      case Work.Format _ ->
          throw new JobFault(
              ErrorCode.BAD_JOB, "This worker cannot do work of kind '" + work.kind() + "'");
    };
  }

  private void fetch(JobMessage message, Workspace workspace, RunningJob running)
      throws JobFault, StoppedException, InterruptedException, IOException {
    for (var mirror : tools.mirrors()) {
      Patience.<Boolean, IOException>hold(running, _ -> mirror.refresh());
    }
    Patience.<InputFetcher.Limits, JobFault>hold(running, _ -> fetcher.fetch(message, workspace));
  }

  /** What came of the office's part. */
  private record Worked(EngineResult result, String officeVersion) {}

  private Worked work(Engine engine, JobMessage message, Workspace workspace, RunningJob running)
      throws StoppedException, InterruptedException, IOException {
    try (var lease = lease(message, running)) {
      var office = lease.office();
      running.enter(office, clock.instant());
      var isDone = false;
      try {
        var folder = moveIn(workspace, office);
        var result = watched(engine, message, folder, lease);
        if (office.endStrays()) {
          lease.spoil(); // what still wrote could have us wait for a pipe in a file's place
        }
        moveOut(folder, workspace);
        isDone = true;
        return new Worked(result, office.version());
      } finally {
        running.leave();
        if (!isDone) {
          lease.spoil(); // nobody knows how far it came
        }
      }
    }
  }

  private OfficeLease lease(JobMessage message, RunningJob running)
      throws StoppedException, InterruptedException {
    var tenant = message.tenant() == null ? "" : message.tenant();
    while (true) {
      running.check();
      try {
        return tools.pool().lease(tenant, LEASE_PATIENCE);
      } catch (OfficeFailure e) {
        log.debug("No office for job {} yet: {}", message.ticket(), e.getMessage());
      }
    }
  }

  private EngineResult watched(
      Engine engine, JobMessage message, JobFolder folder, OfficeLease lease)
      throws IOException, InterruptedException {
    try (var guard = tools.watchdog().guard(lease.office(), config.timeoutOf(message))) {
      return engine.run(
          new EngineTask(
              message.work(),
              folder,
              lease,
              tools.disposable(),
              () -> Duration.between(clock.instant(), guard.limit())));
    }
  }

  private static JobFolder moveIn(Workspace workspace, Office office) throws IOException {
    var folder = JobFolder.of(office);
    office.giveToOffice(workspace.input());
    Files.move(workspace.input(), folder.input(), StandardCopyOption.ATOMIC_MOVE);
    Files.createDirectory(folder.output());
    office.giveToOffice(folder.output());
    return folder;
  }

  /** Out of reach of whatever still runs in the jail, before anybody looks at it. */
  private static void moveOut(JobFolder folder, Workspace workspace) throws IOException {
    try {
      Files.move(folder.output(), workspace.output(), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      Files.createDirectory(workspace.output()); // the macro removed it: it left nothing
    }
  }
}
