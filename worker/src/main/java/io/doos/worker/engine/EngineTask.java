package io.doos.worker.engine;

import io.doos.common.job.Work;
import io.doos.worker.office.OfficeLease;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * One run of one job.
 *
 * @param folder where the job's files are
 * @param lease the office to do it in; the engine spoils it when nobody else should use it after
 * @param disposable where to get a second office to look into a failure
 * @param remaining how much of the job's time is left, read at any moment
 */
public record EngineTask(
    Work work,
    JobFolder folder,
    OfficeLease lease,
    DisposableOffices disposable,
    Supplier<Duration> remaining) {}
