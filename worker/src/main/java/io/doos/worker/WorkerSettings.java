package io.doos.worker;

import io.doos.common.config.FarmSetting;
import io.doos.common.config.JobSetting;
import io.doos.common.config.OfficeSetting;
import io.doos.common.config.ProcessSetting;
import io.doos.common.config.Settings;
import io.doos.common.farm.FarmLinks;
import io.doos.common.job.Pool;
import io.doos.worker.office.Caps;
import io.doos.worker.office.JailMode;
import io.doos.worker.office.OfficePool;
import io.doos.worker.office.OfficeSettings;
import io.doos.worker.office.Watchdog;
import io.doos.worker.run.JobTaker;
import io.doos.worker.run.OfficeAttempt;
import io.doos.worker.run.OutputPacker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What the farm's settings mean to each part of a worker. */
record WorkerSettings(Settings settings) {

  /** An office that cannot be prepared, cleaned or asked within this is given up. */
  private static final Duration UPKEEP_TIMEOUT = Duration.ofSeconds(20);

  /** Fetching and storing a job's files, as slow as that may be. */
  private static final Duration FILES = Duration.ofMinutes(5);

  /**
   * Killed for its resident memory at this share, an office is told from one that crashed at its
   * cap.
   */
  private static final double RESIDENT_SHARE = 0.75;

  Path dataFolder() {
    return settings.get(FarmSetting.DATA_DIR);
  }

  /** What claims and statuses call this worker. */
  String name() {
    return settings
        .get(ProcessSetting.WORKER_NAME)
        .orElseGet(() -> hostName() + "-" + ProcessHandle.current().pid());
  }

  OfficeSettings offices(WorkerFolder folder) {
    return new OfficeSettings(
        folder.offices(),
        settings.get(OfficeSetting.OFFICE_HOME).map(WorkerSettings::program),
        switch (settings.get(OfficeSetting.JAIL)) {
          case REQUIRED -> JailMode.REQUIRED;
          case PREFERRED -> JailMode.PREFERRED;
        },
        OfficeSettings.FIRST_UID,
        new Caps(
            settings.get(OfficeSetting.JAIL_MEMORY).bytes(),
            settings.get(OfficeSetting.JAIL_FILE_SIZE).bytes(),
            settings.get(OfficeSetting.JAIL_PROCESSES),
            settings.get(OfficeSetting.JAIL_OPEN_FILES),
            Optional.empty()),
        settings.get(OfficeSetting.OFFICE_LOCALE).toLanguageTag(),
        settings.get(OfficeSetting.OFFICE_TIMEZONE).getId(),
        folder.templates(),
        folder.fonts(),
        settings.get(OfficeSetting.OFFICE_START_TIMEOUT));
  }

  OfficePool.Settings pool() {
    return new OfficePool.Settings(
        officeCount(),
        settings.get(OfficeSetting.OFFICE_STANDBY),
        switch (settings.get(OfficeSetting.OFFICE_REUSE)) {
          case NEVER -> OfficePool.Reuse.NEVER;
          case TENANT -> OfficePool.Reuse.TENANT;
        },
        settings.get(OfficeSetting.OFFICE_MAX_USES),
        settings.get(OfficeSetting.OFFICE_MAX_AGE),
        settings.get(OfficeSetting.OFFICE_MAX_MEMORY).bytes(),
        settings.get(JobSetting.WATCHDOG_INTERVAL),
        UPKEEP_TIMEOUT);
  }

  Watchdog.Settings watchdog() {
    return new Watchdog.Settings(
        settings.get(JobSetting.WATCHDOG_INTERVAL),
        settings.get(JobSetting.WATCHDOG_MIN_CPU),
        settings.get(JobSetting.WATCHDOG_MAX_EXTENSIONS),
        (long) (RESIDENT_SHARE * settings.get(OfficeSetting.JAIL_MEMORY).bytes()));
  }

  OfficeAttempt.Config attempt(WorkerFolder folder) {
    return new OfficeAttempt.Config(
        folder.work(),
        settings.get(JobSetting.JOB_TIMEOUT),
        settings.get(JobSetting.JOB_MAX_TIMEOUT),
        settings.get(JobSetting.JOB_MAX_INPUT).bytes(),
        new OutputPacker.Limits(
            settings.get(JobSetting.JOB_MAX_OUTPUT).bytes(),
            settings.get(JobSetting.JOB_MAX_OUTPUT_FILES)));
  }

  JobTaker.Config taker() {
    return new JobTaker.Config(
        new Pool(settings.get(ProcessSetting.WORKER_POOL)),
        officeCount() + settings.get(ProcessSetting.WORKER_STAGE),
        FarmLinks.runTimes(settings).longestInHand(officeCount()).plus(FILES),
        settings.get(ProcessSetting.STOP_GRACE));
  }

  private int officeCount() {
    return settings
        .get(OfficeSetting.OFFICE_COUNT)
        .orElseGet(() -> Runtime.getRuntime().availableProcessors());
  }

  private static Path program(Path home) {
    var program = home.resolve("program");
    return Files.isDirectory(program) ? program : home;
  }

  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("this machine does not tell its name; set worker.name", e);
    }
  }
}
