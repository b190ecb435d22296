package io.doos.worker;

import io.doos.common.config.FarmSetting;
import io.doos.common.config.FormatSetting;
import io.doos.common.config.JailSetting;
import io.doos.common.config.JobSetting;
import io.doos.common.config.LimitSetting;
import io.doos.common.config.OfficeSetting;
import io.doos.common.config.ProcessSetting;
import io.doos.common.config.Settings;
import io.doos.common.config.UnoSetting;
import io.doos.common.config.UnoSettings;
import io.doos.common.farm.FarmLinks;
import io.doos.common.job.Pool;
import io.doos.common.uno.UnoAddress;
import io.doos.common.uno.UnoDoor;
import io.doos.worker.format.FormatterPool;
import io.doos.worker.office.Allowance;
import io.doos.worker.office.Caps;
import io.doos.worker.office.JailMode;
import io.doos.worker.office.JailedPrograms;
import io.doos.worker.office.OfficePool;
import io.doos.worker.office.OfficeSettings;
import io.doos.worker.office.Watchdog;
import io.doos.worker.run.InputFetcher;
import io.doos.worker.run.JobTaker;
import io.doos.worker.run.OfficeAttempt;
import io.doos.worker.run.OutputPacker;
import io.doos.worker.web.WebFetcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What the farm's settings mean to each part of a worker. */
public record WorkerSettings(Settings settings) {

  /** An office that cannot be prepared, cleaned or asked within this is given up. */
  private static final Duration UPKEEP_TIMEOUT = Duration.ofSeconds(20);

  /** Fetching and storing a job's files, as slow as that may be. */
  private static final Duration FILES = Duration.ofMinutes(5);

  /** Where the slots, and so the users, of offices begin that only UNO clients have. */
  private static final int UNO_SLOTS = 250;

  /**
   * Killed for its resident memory at this share, an office is told from one that crashed at its
   * cap.
   */
  private static final double RESIDENT_SHARE = 0.75;

  /** A Java's stacks, classes, code and libraries. */
  private static final long FORMATTER_OVERHEAD_BYTES = 3L << 30;

  /** What of that is ever touched. */
  private static final long FORMATTER_RESIDENT_BYTES = 512L << 20;

  /** A Java that warms up on a busy machine. */
  private static final Duration FORMATTER_START_TIMEOUT = Duration.ofSeconds(60);

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
    return offices(folder, folder.offices(), OfficeSettings.FIRST_UID, Optional.empty());
  }

  /** Offices that see {@code shared}, which those of jobs do not. */
  OfficeSettings unoOffices(WorkerFolder folder, Path shared) {
    return offices(
        folder, folder.unoOffices(), OfficeSettings.FIRST_UID + UNO_SLOTS, Optional.of(shared));
  }

  /** Offices of UNO clients alone, which see the shared folder where there is one. */
  OfficeSettings ooodOffices(WorkerFolder folder) {
    return offices(folder, folder.offices(), OfficeSettings.FIRST_UID, sharedFolder());
  }

  private OfficeSettings offices(
      WorkerFolder folder, Path own, int firstUid, Optional<Path> shared) {
    return new OfficeSettings(
        own,
        settings.get(OfficeSetting.OFFICE_HOME).map(WorkerSettings::program),
        switch (settings.get(OfficeSetting.JAIL)) {
          case REQUIRED -> JailMode.REQUIRED;
          case PREFERRED -> JailMode.PREFERRED;
        },
        firstUid,
        caps(),
        settings.get(OfficeSetting.OFFICE_LOCALE).toLanguageTag(),
        settings.get(OfficeSetting.OFFICE_TIMEZONE).getId(),
        folder.templates(),
        folder.fonts(),
        settings.get(OfficeSetting.OFFICE_START_TIMEOUT),
        shared);
  }

  /** What an office may use at most. */
  public Caps caps() {
    return new Caps(
        settings.get(OfficeSetting.JAIL_MEMORY).bytes(),
        settings.get(OfficeSetting.JAIL_FILE_SIZE).bytes(),
        settings.get(OfficeSetting.JAIL_PROCESSES),
        settings.get(OfficeSetting.JAIL_OPEN_FILES),
        Optional.empty(),
        residentBytes(),
        settings.get(JailSetting.JAIL_CPU).map(cores -> cores.doubleValue()));
  }

  OfficePool.Settings pool() {
    return pool(officeCount());
  }

  /** Offices for UNO clients alone. */
  OfficePool.Settings unoPool() {
    return pool(unoSessions());
  }

  /** The folder that UNO clients share, where they do. */
  Optional<Path> sharedFolder() {
    return settings.get(UnoSetting.UNO_SHARED_FOLDER);
  }

  /** What becomes of an office after its UNO client. */
  UnoSetting.Afterwards afterUno() {
    return settings.get(UnoSetting.UNO_AFTERWARDS);
  }

  /** How many offices UNO clients may have at a time: without a word, they leave one to jobs. */
  int unoSessions() {
    return settings
        .get(UnoSetting.UNO_MAX_SESSIONS)
        .orElseGet(() -> Math.max(1, officeCount() - 1));
  }

  /** Under which name other machines reach the UNO door, where they can. */
  Optional<String> unoHost() {
    return settings
        .get(UnoSetting.UNO_ACCEPT)
        .filter(UnoAddress.Tcp.class::isInstance)
        .map(UnoAddress.Tcp.class::cast)
        .map(tcp ->
            settings
                .get(UnoSetting.UNO_ADVERTISE)
                .orElseGet(() -> tcp.everywhere() ? hostName() : tcp.host()));
  }

  /** The UNO door, where there is one. */
  Optional<UnoDoor.Config> uno() {
    return UnoSettings.door(settings);
  }

  private OfficePool.Settings pool(int count) {
    var reuse =
        switch (settings.get(OfficeSetting.OFFICE_REUSE)) {
          case NEVER -> OfficePool.Reuse.NEVER;
          case TENANT -> OfficePool.Reuse.TENANT;
        };
    return new OfficePool.Settings(
        count,
        settings.get(OfficeSetting.OFFICE_STANDBY).orElseGet(() -> standby(reuse, count)),
        reuse,
        settings.get(OfficeSetting.OFFICE_MAX_USES),
        settings.get(OfficeSetting.OFFICE_USES_SPREAD),
        settings.get(OfficeSetting.OFFICE_MAX_AGE),
        settings.get(OfficeSetting.OFFICE_MAX_MEMORY).bytes(),
        settings.get(JobSetting.WATCHDOG_INTERVAL),
        UPKEEP_TIMEOUT);
  }

  /** Formatters are jailed as offices are; a Java has address space of its own needs. */
  OfficeSettings formatterJail(WorkerFolder folder) {
    var offices = offices(folder);
    var caps = offices.caps();
    var addressSpace = settings.get(FormatSetting.FORMAT_MEMORY).bytes() + FORMATTER_OVERHEAD_BYTES;
    return new OfficeSettings(
        folder.formatters(),
        offices.program(),
        offices.jail(),
        offices.firstUid(),
        new Caps(
            addressSpace,
            caps.fileBytes(),
            caps.processes(),
            caps.openFiles(),
            caps.cpu(),
            settings.get(FormatSetting.FORMAT_MEMORY).bytes() + FORMATTER_RESIDENT_BYTES,
            caps.cores()),
        offices.locale(),
        offices.timezone(),
        offices.templates(),
        offices.fonts(),
        FORMATTER_START_TIMEOUT);
  }

  FormatterPool.Settings formatters() {
    return new FormatterPool.Settings(
        settings
            .get(FormatSetting.FORMAT_COUNT)
            .orElseGet(() -> Math.min(officeCount(), JailedPrograms.SLOTS)),
        switch (settings.get(OfficeSetting.OFFICE_REUSE)) {
          case NEVER -> 1;
          case TENANT -> FormatterPool.MOST_USES;
        },
        settings.get(FormatSetting.FORMAT_MEMORY).bytes(),
        settings.get(FormatSetting.FORMAT_COUNT).isPresent());
  }

  /** What documents may have of the web. */
  WebFetcher.Config web() {
    return new WebFetcher.Config(
        settings.get(FormatSetting.FORMAT_HTTP_ALLOW),
        settings.get(FormatSetting.FORMAT_HTTP_TIMEOUT));
  }

  Watchdog.Settings watchdog() {
    return new Watchdog.Settings(
        settings.get(JobSetting.WATCHDOG_INTERVAL),
        settings.get(JobSetting.WATCHDOG_MIN_CPU),
        settings.get(JobSetting.WATCHDOG_MAX_EXTENSIONS),
        new Allowance(
            residentBytes(),
            settings.get(LimitSetting.JOB_MAX_CPU),
            settings.get(LimitSetting.JOB_MAX_DISK).bytes()));
  }

  /** For all processes of an office. */
  private long residentBytes() {
    return (long) (RESIDENT_SHARE * settings.get(OfficeSetting.JAIL_MEMORY).bytes());
  }

  OfficeAttempt.Config attempt(WorkerFolder folder) {
    return new OfficeAttempt.Config(
        folder.work(),
        settings.get(JobSetting.JOB_TIMEOUT),
        settings.get(JobSetting.JOB_MAX_TIMEOUT),
        new InputFetcher.Limits(
            settings.get(JobSetting.JOB_MAX_INPUT).bytes(),
            settings.get(LimitSetting.JOB_MAX_INPUT_FILES)),
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

  /** Where none is used twice, the next jobs shall find as many ready as there may be at a time. */
  private static int standby(OfficePool.Reuse reuse, int count) {
    return switch (reuse) {
      case NEVER -> count;
      case TENANT -> 1;
    };
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
