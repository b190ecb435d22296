package io.doos.common.config;

import io.doos.common.uno.UnoAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The UNO door: offices of clients' own. */
public final class UnoSetting {

  /** What becomes of an office that a UNO client has used. */
  public enum Afterwards {
    /** It is replaced: nobody else ever gets it. */
    REPLACE,
    /** It is cleaned, for other UNO clients only. */
    CLEAN
  }

  /** What becomes of a client when all offices are busy. */
  public enum WhenBusy {
    WAIT,
    REJECT
  }

  public static final Setting<Optional<UnoAddress>> UNO_ACCEPT =
      new Setting<>(
          "uno.accept",
          Form.optional(
              new Form<>(
                  "UNO connection string",
                  "a UNO connection string such as socket,host=localhost,port=2002;urp (host=0 is"
                      + " every address) or pipe,name=office;urp",
                  UnoAddress::parse,
                  UnaryOperator.identity())),
          "",
          "where UNO clients find offices of their own, such as `socket,host=localhost,port=2002;urp`"
              + " (`host=0`: every address) or `pipe,name=office;urp`; without it, nowhere");

  public static final Setting<AddressList> UNO_ALLOW =
      new Setting<>(
          "uno.allow",
          Form.addresses(),
          "",
          "addresses that may use the UNO door, such as `10.0.0.0/8`; gateways too, where they pass"
              + " clients on; empty for all");

  public static final Setting<WhenBusy> UNO_WHEN_BUSY =
      new Setting<>(
          "uno.when-busy",
          Form.word(WhenBusy.class),
          "wait",
          "what UNO clients do when all offices are busy: wait in a queue, or be cut off");

  public static final Setting<Duration> UNO_PATIENCE =
      new Setting<>(
          "uno.patience",
          Form.duration(Duration.ofHours(24)),
          "60s",
          "how long UNO clients wait for an office");

  public static final Setting<Optional<Integer>> UNO_MAX_SESSIONS =
      new Setting<>(
          "uno.max-sessions",
          Form.optional(Form.whole(1, 4096)),
          "",
          "how many of a worker's offices UNO clients may have at a time; without it, all but one,"
              + " which is left for jobs");

  public static final Setting<Integer> UNO_MAX_CONNECTIONS =
      new Setting<>(
          "uno.max-connections",
          Form.whole(1, 100_000),
          "256",
          "most UNO clients at a time, with those who wait");

  public static final Setting<Duration> UNO_SESSION_LIMIT =
      new Setting<>(
          "uno.session-limit",
          Form.duration(Form.WEEK),
          "24h",
          "how long a UNO client may have its office");

  public static final Setting<Duration> UNO_IDLE_LIMIT =
      new Setting<>(
          "uno.idle-limit",
          Form.duration(Form.WEEK),
          "1h",
          "how long neither a UNO client nor its office may say anything; a single call may take as"
              + " long");

  public static final Setting<Afterwards> UNO_AFTERWARDS =
      new Setting<>(
          "uno.afterwards",
          Form.word(Afterwards.class),
          "replace",
          "what becomes of an office after its UNO client: `replace`, or `clean` it for other UNO"
              + " clients, which must then trust each other");

  public static final Setting<Optional<Path>> UNO_SHARED_FOLDER =
      new Setting<>(
          "uno.shared-folder",
          Form.optional(Form.path()),
          "",
          "a folder that UNO clients' offices see under its own path, to read and write as the"
              + " office's user may; UNO clients then have offices beside those of jobs");

  public static final Setting<Optional<String>> UNO_ADVERTISE =
      new Setting<>(
          "uno.advertise",
          Form.optional(Form.host()),
          "",
          "the host under which gateways reach a worker's UNO door; without it, that of uno.accept,"
              + " or the machine's name");

  static final List<Setting<?>> ALL =
      List.of(
          UNO_ACCEPT,
          UNO_ALLOW,
          UNO_WHEN_BUSY,
          UNO_PATIENCE,
          UNO_MAX_SESSIONS,
          UNO_MAX_CONNECTIONS,
          UNO_SESSION_LIMIT,
          UNO_IDLE_LIMIT,
          UNO_AFTERWARDS,
          UNO_SHARED_FOLDER,
          UNO_ADVERTISE);

  private UnoSetting() {}
}
