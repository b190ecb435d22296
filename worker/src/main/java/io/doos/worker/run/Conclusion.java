package io.doos.worker.run;

import io.doos.common.ledger.Begin;
import io.doos.common.ledger.Ending;
import io.doos.common.ledger.Keys;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.common.store.ObjectStore;
import io.doos.worker.engine.EngineResult;
import io.doos.worker.office.Allowance;
import io.doos.worker.office.Office;
import io.doos.worker.run.OutputPacker.Packed;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The last part of an attempt, when its office is free again: packs and stores what it left, and
 * says how the job should end.
 *
 * @param timeout what the job was given
 * @param allowance what it might take
 */
record Conclusion(
    OutputPacker packer,
    ObjectStore store,
    Begin.Claimed claimed,
    Workspace workspace,
    RunningJob running,
    Stages stages,
    Duration timeout,
    Allowance allowance) {

  /** Concludes from what the engine made of the job, in an office of the version given. */
  Attempt.Report of(EngineResult result, String officeVersion)
      throws StoppedException, InterruptedException, IOException {
    return switch (result) {
      case EngineResult.Finished(var returned) -> new Attempt.Ran(done(returned, officeVersion));
      case EngineResult.Failed(var error) -> new Attempt.Ran(partial(error, officeVersion));
      case EngineResult.OfficeLost(var death) -> lost(death, officeVersion);
    };
  }

  /** An end without anything to keep. */
  static Ending failed(JobError error, Stages stages) {
    return new Ending(State.FAILED, error, null, null, stages.timings(), null);
  }

  private Ending done(@Nullable String returned, String officeVersion)
      throws StoppedException, InterruptedException, IOException {
    var packed = pack();
    var result = store(packed, packed.truncated());
    stages.stored();
    return packed.truncated()
        ? failed(tooLarge(), result, officeVersion)
        : new Ending(State.DONE, null, result, returned, stages.timings(), officeVersion);
  }

  private Attempt.Report lost(Office.Death death, String officeVersion)
      throws StoppedException, InterruptedException, IOException {
    running.check();
    return switch (death) {
      case DEADLINE -> new Attempt.Ran(partial(ranPast(), officeVersion));
      case OUT_OF_MEMORY -> new Attempt.Ran(partial(outOfMemory(), officeVersion));
      case OUT_OF_CPU_TIME -> new Attempt.Ran(partial(outOfCpuTime(), officeVersion));
      case OUT_OF_DISK -> new Attempt.Ran(partial(outOfDisk(), officeVersion));
      case SAID_TOO_MUCH -> new Attempt.Ran(partial(saidTooMuch(), officeVersion));
      case NONE, ITSELF, WITHDRAWN, RETIRED ->
          new Attempt.OfficeDied(partial(crashed(), officeVersion));
    };
  }

  /** A failed job keeps what it had written, if anything. */
  private Ending partial(JobError error, String officeVersion)
      throws StoppedException, InterruptedException, IOException {
    var packed = pack();
    var result = packed.files().isEmpty() ? null : store(packed, true);
    stages.stored();
    return failed(error, result, officeVersion);
  }

  private Ending failed(JobError error, @Nullable Result result, String officeVersion) {
    return new Ending(State.FAILED, error, result, null, stages.timings(), officeVersion);
  }

  private Packed pack() throws IOException {
    return packer.pack(workspace.output(), workspace.scratch("result.zip"));
  }

  private Result store(Packed packed, boolean partial)
      throws StoppedException, InterruptedException {
    var key = Keys.result(claimed.job().ticket(), claimed.attempt());
    return Patience.<Result, RuntimeException>hold(
        running,
        _ -> {
          store.put(key, packed.zip());
          return packed.as(key, partial);
        });
  }

  private JobError tooLarge() {
    return JobError.of(
        ErrorCode.OUTPUT_TOO_LARGE,
        "It left more than the %d bytes or %d files that job.max-output and job.max-output-files allow, or more than %d folders within each other"
            .formatted(
                packer.limits().maxBytes(), packer.limits().maxFiles(), OutputPacker.MAX_DEPTH));
  }

  private JobError ranPast() {
    return JobError.of(
        ErrorCode.TIMEOUT, "It ran past its %d s and was stopped".formatted(timeout.toSeconds()));
  }

  private JobError outOfCpuTime() {
    return JobError.of(
        ErrorCode.OUT_OF_CPU_TIME,
        "It used more than the %d s of CPU time that job.max-cpu allows"
            .formatted(allowance.cpuTime().toSeconds()));
  }

  private JobError outOfDisk() {
    return JobError.of(
        ErrorCode.OUTPUT_TOO_LARGE,
        "While it ran it wrote more than the %d bytes that job.max-disk allows, or where that cannot be counted"
            .formatted(allowance.diskBytes()));
  }

  private static JobError saidTooMuch() {
    return JobError.of(
        ErrorCode.OUTPUT_TOO_LARGE,
        "It returned more than 1 MiB; the status keeps 4 KiB of it anyway: write it to a file");
  }

  private static JobError outOfMemory() {
    return JobError.of(
        ErrorCode.OUT_OF_MEMORY, "It asked for more memory than an office may have (jail.memory)");
  }

  private static JobError crashed() {
    return JobError.of(ErrorCode.OFFICE_CRASHED, "Its office died under it");
  }
}
