package io.doos.common.config;

import java.time.Duration;
import java.util.List;

/** The doors, and what they hand out. */
public final class DoorSetting {

  private static final long NINES = 999_999_999_999_999_999L;

  public static final Setting<String> BIND_ADDRESS =
      new Setting<>(
          "bind.address",
          Form.host(),
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
          Form.size(ByteSize.KIB, new ByteSize(512L << 30)),
          "256MiB",
          "largest request, all its files together");

  public static final Setting<Duration> TCP_HEADER_TIMEOUT =
      new Setting<>(
          "tcp.header-timeout",
          Form.duration(Form.WEEK),
          "10s",
          "how long a client may take to send its request's header");

  public static final Setting<Duration> TCP_IDLE_TIMEOUT =
      new Setting<>(
          "tcp.idle-timeout",
          Form.duration(Form.WEEK),
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

  static final List<Setting<?>> ALL =
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
          TICKET_MAX);

  private DoorSetting() {}
}
