package io.doos.common.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Offices, and the jail that each is in. */
public final class OfficeSetting {

  public static final Setting<Optional<Integer>> OFFICE_COUNT =
      new Setting<>(
          "office.count",
          Form.optional(Form.whole(1, 1024)),
          "",
          "how many jobs a worker runs at a time; without it, as many as there are cores");

  public static final Setting<Optional<Integer>> OFFICE_STANDBY =
      new Setting<>(
          "office.standby",
          Form.optional(Form.whole(0, 1024)),
          "",
          "how many more offices stand by, to take the place of one that is replaced; without it,"
              + " 1, or as many as `office.count` where `office.reuse` is `never`");

  public static final Setting<OfficeReuse> OFFICE_REUSE =
      new Setting<>(
          "office.reuse",
          Form.word(OfficeReuse.class),
          "tenant",
          "`tenant`: an office serves jobs of one tenant; `never`: it serves one job");

  public static final Setting<Integer> OFFICE_MAX_USES =
      new Setting<>(
          "office.max-uses",
          Form.whole(1, 1_000_000),
          "200",
          "how many jobs an office serves before it is replaced");

  public static final Setting<Integer> OFFICE_USES_SPREAD =
      new Setting<>(
          "office.uses-spread",
          Form.whole(0, 1_000_000),
          "0",
          "by how many uses more or less than office.max-uses each office is replaced, at random");

  public static final Setting<Duration> OFFICE_MAX_AGE =
      new Setting<>(
          "office.max-age",
          Form.duration(Duration.ofDays(365)),
          "72h",
          "how old an office may become before it is replaced");

  public static final Setting<ByteSize> OFFICE_MAX_MEMORY =
      new Setting<>(
          "office.max-memory",
          Form.size(new ByteSize(64L << 20), ByteSize.TIB),
          "1GiB",
          "resident memory above which an office is replaced after its job");

  public static final Setting<Duration> OFFICE_START_TIMEOUT =
      new Setting<>(
          "office.start-timeout",
          Form.duration(Duration.ofHours(1)),
          "20s",
          "how long an office may take to start");

  public static final Setting<Locale> OFFICE_LOCALE =
      new Setting<>(
          "office.locale",
          Form.locale(),
          "en-US",
          "language and region of the offices; it changes number formats, even page counts");

  public static final Setting<ZoneId> OFFICE_TIMEZONE =
      new Setting<>("office.timezone", Form.timeZone(), "UTC", "time zone of the offices");

  public static final Setting<Optional<Path>> OFFICE_HOME =
      new Setting<>(
          "office.home",
          Form.optional(Form.path()),
          "",
          "where LibreOffice is installed; without it, it is looked for in the usual places");

  public static final Setting<JailMode> JAIL =
      new Setting<>(
          "jail",
          Form.word(JailMode.class),
          "required",
          "`required`: no office runs unjailed; `preferred`: it does where no jail can be started");

  public static final Setting<ByteSize> JAIL_MEMORY =
      new Setting<>(
          "jail.memory",
          Form.size(new ByteSize(768L << 20), ByteSize.TIB),
          "4GiB",
          "most address space of an office's process; all its processes together have three quarters of it"
              + " resident");

  public static final Setting<ByteSize> JAIL_FILE_SIZE =
      new Setting<>(
          "jail.file-size",
          Form.size(new ByteSize(1L << 20), ByteSize.TIB),
          "1GiB",
          "largest file that a macro may write");

  public static final Setting<Integer> JAIL_PROCESSES =
      new Setting<>(
          "jail.processes",
          Form.whole(32, 1_000_000),
          "256",
          "most processes and threads of an office");

  public static final Setting<Integer> JAIL_OPEN_FILES =
      new Setting<>(
          "jail.open-files", Form.whole(256, 1_000_000), "1024", "most open files of a process");

  static final List<Setting<?>> ALL =
      List.of(
          OFFICE_COUNT,
          OFFICE_STANDBY,
          OFFICE_REUSE,
          OFFICE_MAX_USES,
          OFFICE_USES_SPREAD,
          OFFICE_MAX_AGE,
          OFFICE_MAX_MEMORY,
          OFFICE_START_TIMEOUT,
          OFFICE_LOCALE,
          OFFICE_TIMEZONE,
          OFFICE_HOME,
          JAIL,
          JAIL_MEMORY,
          JAIL_FILE_SIZE,
          JAIL_PROCESSES,
          JAIL_OPEN_FILES);

  private OfficeSetting() {}
}
