package io.doos.common.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** All settings of the farm, in reading order. */
public final class Catalogue {

  private static final Duration WEEK = Duration.ofDays(7);
  private static final ByteSize KIB = new ByteSize(1024);
  private static final ByteSize TIB = new ByteSize(1L << 40);
  private static final long NINES = 999_999_999_999_999_999L;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Form<String> NAME_FORM =
      Form.text("name", "a name of 1 to 64 letters, digits, '_' or '-'", NAME);
  private static final Form<String> HOST_FORM =
      Form.text("host", "a host name or an IP address", Pattern.compile("[A-Za-z0-9._:%-]{1,255}"));

  // Doors

  public static final Setting<String> BIND_ADDRESS =
      new Setting<>(
          "bind.address",
          HOST_FORM,
          "127.0.0.1",
          "the address that every door listens on; 0.0.0.0 opens them to the network");

  public static final Setting<Integer> TCP_PORT =
      new Setting<>("tcp.port", Form.port(), "8568", "port of the doos protocol");

  public static final Setting<Integer> HTTP_PORT =
      new Setting<>(
          "http.port", Form.port(), "8580", "port of the gateway's HTTP door: jobs and health");

  public static final Setting<TerminateFrom> TCP_TERMINATE =
      new Setting<>(
          "tcp.terminate",
          Form.word(TerminateFrom.class),
          "loopback",
          "whose `terminate` stops the process");

  public static final Setting<Boolean> TCP_STATUS_FILE =
      new Setting<>(
          "tcp.status-file",
          Form.truth(),
          "true",
          "whether `statusJob` answers with `status.txt`; `false` for clients that trip over it");

  public static final Setting<ByteSize> TCP_MAX_FRAME =
      new Setting<>(
          "tcp.max-frame",
          Form.size(KIB, new ByteSize(512L << 30)),
          "256MiB",
          "largest request, all its files together");

  public static final Setting<Duration> TCP_HEADER_TIMEOUT =
      new Setting<>(
          "tcp.header-timeout",
          Form.duration(WEEK),
          "10s",
          "how long a client may take to send its request's header");

  public static final Setting<Duration> TCP_IDLE_TIMEOUT =
      new Setting<>(
          "tcp.idle-timeout",
          Form.duration(WEEK),
          "60s",
          "how long a client may neither send nor take a byte");

  public static final Setting<Integer> TCP_MAX_FILES =
      new Setting<>("tcp.max-files", Form.whole(1, 1_000_000), "1024", "most files in a request");

  public static final Setting<Integer> TCP_MAX_CONNECTIONS =
      new Setting<>(
          "tcp.max-connections",
          Form.whole(1, 1_000_000),
          "10000",
          "most connections at a time; further clients are told to try again later");

  public static final Setting<Long> TICKET_MIN =
      new Setting<>(
          "ticket.min",
          Form.wholeLong(1, NINES),
          "100000000000000000",
          "smallest ticket that is drawn; lower for clients that keep tickets in 32 bits");

  public static final Setting<Long> TICKET_MAX =
      new Setting<>(
          "ticket.max",
          Form.wholeLong(1, NINES),
          Long.toString(NINES),
          "largest ticket that is drawn; the fewer there are, the easier one is to guess");

  // Farm

  public static final Setting<URI> BROKER_URL =
      new Setting<>(
          "broker.url",
          Form.uri("amqp", "amqps"),
          "amqp://guest:guest@127.0.0.1:5672",
          "RabbitMQ, with user and password, and the virtual host as path");

  public static final Setting<URI> STORE_URL =
      new Setting<>(
          "store.url", Form.uri("http", "https"), "http://127.0.0.1:9000", "S3-compatible store");

  public static final Setting<String> STORE_BUCKET =
      new Setting<>(
          "store.bucket",
          Form.text(
              "name",
              "a bucket's name: 3 to 63 small letters, digits, '.' or '-'",
              Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")),
          "doos",
          "bucket for all that the farm keeps");

  public static final Setting<Optional<Secret>> STORE_ACCESS_KEY =
      new Setting<>(
          "store.access-key",
          Form.optional(Form.secret()),
          "",
          "access key of the store; standalone makes its own");

  public static final Setting<Optional<Secret>> STORE_SECRET_KEY =
      new Setting<>(
          "store.secret-key",
          Form.optional(Form.secret()),
          "",
          "secret key of the store; standalone makes its own");

  public static final Setting<String> STORE_REGION =
      new Setting<>("store.region", NAME_FORM, "us-east-1", "region that requests are signed for");

  public static final Setting<Path> DATA_DIR =
      new Setting<>(
          "data.dir",
          Form.path(),
          "data",
          "folder for offices, spools and what standalone's broker and store keep");

  public static final Setting<Integer> EMBEDDED_BROKER_PORT =
      new Setting<>(
          "embedded.broker-port", Form.port(), "5672", "AMQP port of standalone's own broker");

  public static final Setting<Integer> EMBEDDED_STORE_PORT =
      new Setting<>(
          "embedded.store-port", Form.port(), "9000", "S3 port of standalone's own store");

  // Jobs

  public static final Setting<Duration> JOB_TIMEOUT =
      new Setting<>(
          "job.timeout",
          Form.duration(WEEK),
          "30s",
          "how long a job may run that asks for no time");

  public static final Setting<Duration> JOB_MAX_TIMEOUT =
      new Setting<>(
          "job.max-timeout",
          Form.duration(WEEK),
          "10m",
          "the most that a job may ask for; keep well below the broker's consumer timeout");

  public static final Setting<Integer> JOB_MAX_ATTEMPTS =
      new Setting<>(
          "job.max-attempts",
          Form.whole(1, 100),
          "2",
          "how many offices a job may crash before it has failed");

  public static final Setting<Integer> JOB_MAX_LOST =
      new Setting<>(
          "job.max-lost",
          Form.whole(1, 100),
          "5",
          "how many workers may vanish under a job before it has failed");

  public static final Setting<ByteSize> JOB_MAX_OUTPUT =
      new Setting<>(
          "job.max-output",
          Form.size(KIB, TIB),
          "1GiB",
          "most bytes that a job may leave, unzipped");

  public static final Setting<Integer> JOB_MAX_OUTPUT_FILES =
      new Setting<>(
          "job.max-output-files",
          Form.whole(1, 1_000_000),
          "20000",
          "most files that a job may leave");

  public static final Setting<ByteSize> JOB_MAX_INPUT =
      new Setting<>(
          "job.max-input",
          Form.size(KIB, TIB),
          "1GiB",
          "most bytes that a job may bring, unzipped");

  public static final Setting<Duration> JOB_NOT_AFTER =
      new Setting<>(
          "job.not-after",
          Form.duration(Duration.ofDays(365)),
          "24h",
          "how long a job may wait to be run before it expires");

  public static final Setting<Duration> RETENTION =
      new Setting<>(
          "retention",
          Form.duration(Duration.ofDays(3650)),
          "7d",
          "how long results and statuses are kept");

  // Watching over offices at work

  public static final Setting<Duration> WATCHDOG_INTERVAL =
      new Setting<>(
          "watchdog.interval",
          Form.duration(Duration.ofHours(1)),
          "5s",
          "how often offices are looked after");

  public static final Setting<Integer> WATCHDOG_MAX_EXTENSIONS =
      new Setting<>(
          "watchdog.max-extensions",
          Form.whole(0, 100),
          "1",
          "how often a job that is busy at its limit gets half its time again");

  public static final Setting<Double> WATCHDOG_MIN_CPU =
      new Setting<>(
          "watchdog.min-cpu",
          Form.percentage(),
          "10%",
          "the share of a core above which an office at its limit counts as busy");

  // Offices

  public static final Setting<Optional<Integer>> OFFICE_COUNT =
      new Setting<>(
          "office.count",
          Form.optional(Form.whole(1, 1024)),
          "",
          "how many jobs a worker runs at a time; without it, as many as there are cores");

  public static final Setting<Integer> OFFICE_STANDBY =
      new Setting<>(
          "office.standby",
          Form.whole(0, 64),
          "1",
          "how many more offices stand by, to take the place of one that is replaced");

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

  public static final Setting<Duration> OFFICE_MAX_AGE =
      new Setting<>(
          "office.max-age",
          Form.duration(Duration.ofDays(365)),
          "72h",
          "how old an office may become before it is replaced");

  public static final Setting<ByteSize> OFFICE_MAX_MEMORY =
      new Setting<>(
          "office.max-memory",
          Form.size(new ByteSize(64L << 20), TIB),
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

  // What a macro may take

  public static final Setting<JailMode> JAIL =
      new Setting<>(
          "jail",
          Form.word(JailMode.class),
          "required",
          "`required`: no office runs unjailed; `preferred`: it does where no jail can be started");

  public static final Setting<ByteSize> JAIL_MEMORY =
      new Setting<>(
          "jail.memory",
          Form.size(new ByteSize(768L << 20), TIB),
          "4GiB",
          "most address space of an office's process");

  public static final Setting<ByteSize> JAIL_FILE_SIZE =
      new Setting<>(
          "jail.file-size",
          Form.size(new ByteSize(1L << 20), TIB),
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

  // Workers and processes

  public static final Setting<Optional<String>> WORKER_NAME =
      new Setting<>(
          "worker.name",
          Form.optional(
              Form.text(
                  "name",
                  "a name of 1 to 128 letters, digits, '.', '_' or '-'",
                  Pattern.compile("[A-Za-z0-9._-]{1,128}"))),
          "",
          "what statuses call the worker; without it, host and process");

  public static final Setting<String> WORKER_POOL =
      new Setting<>("worker.pool", NAME_FORM, "default", "the pool whose jobs the worker takes");

  public static final Setting<Integer> WORKER_STAGE =
      new Setting<>(
          "worker.stage",
          Form.whole(0, 1024),
          "2",
          "how many jobs beyond its offices a worker fetches ahead");

  public static final Setting<Optional<Integer>> WORKER_HTTP_PORT =
      new Setting<>(
          "worker.http-port",
          Form.optional(Form.port()),
          "",
          "port where a worker tells its health over HTTP, such as 8581; without it, nowhere");

  public static final Setting<Duration> STOP_GRACE =
      new Setting<>(
          "stop.grace",
          Form.duration(Duration.ofHours(24)),
          "30s",
          "how long running jobs and requests may finish when the process is stopped");

  public static final Setting<LogLevel> LOG_LEVEL =
      new Setting<>("log.level", Form.word(LogLevel.class), "info", "the least that is logged");

  public static final Setting<LogFormat> LOG_FORMAT =
      new Setting<>(
          "log.format",
          Form.word(LogFormat.class),
          "text",
          "a line for people, or a JSON object a line");

  /** All of them, in reading order. */
  public static final List<Setting<?>> ALL =
      List.of(
          BIND_ADDRESS,
          TCP_PORT,
          HTTP_PORT,
          TCP_TERMINATE,
          TCP_STATUS_FILE,
          TCP_MAX_FRAME,
          TCP_HEADER_TIMEOUT,
          TCP_IDLE_TIMEOUT,
          TCP_MAX_FILES,
          TCP_MAX_CONNECTIONS,
          TICKET_MIN,
          TICKET_MAX,
          BROKER_URL,
          STORE_URL,
          STORE_BUCKET,
          STORE_ACCESS_KEY,
          STORE_SECRET_KEY,
          STORE_REGION,
          DATA_DIR,
          EMBEDDED_BROKER_PORT,
          EMBEDDED_STORE_PORT,
          JOB_TIMEOUT,
          JOB_MAX_TIMEOUT,
          JOB_MAX_ATTEMPTS,
          JOB_MAX_LOST,
          JOB_MAX_OUTPUT,
          JOB_MAX_OUTPUT_FILES,
          JOB_MAX_INPUT,
          JOB_NOT_AFTER,
          RETENTION,
          WATCHDOG_INTERVAL,
          WATCHDOG_MAX_EXTENSIONS,
          WATCHDOG_MIN_CPU,
          OFFICE_COUNT,
          OFFICE_STANDBY,
          OFFICE_REUSE,
          OFFICE_MAX_USES,
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
          JAIL_OPEN_FILES,
          WORKER_NAME,
          WORKER_POOL,
          WORKER_STAGE,
          WORKER_HTTP_PORT,
          STOP_GRACE,
          LOG_LEVEL,
          LOG_FORMAT);

  private Catalogue() {}

  /**
   * The settings as a Markdown table, for people.
   *
   * @return lines that each end in a line feed
   */
  static String table() {
    var table =
        new StringBuilder("| setting | default | takes | what it is |\n|---|---|---|---|\n");
    for (var setting : ALL) {
      var preset = setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`";
      table
          .append("| `")
          .append(setting.name())
          .append("` | ")
          .append(preset)
          .append(" | ")
          .append(setting.form().name())
          .append(" | ")
          .append(setting.description())
          .append(" |\n");
    }
    return table.toString();
  }
}
