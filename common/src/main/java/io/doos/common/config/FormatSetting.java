package io.doos.common.config;

import io.doos.common.web.WebHosts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The formatting of XSL-FO documents. */
public final class FormatSetting {

  public static final Setting<Optional<Integer>> FORMAT_COUNT =
      new Setting<>(
          "format.count",
          Form.optional(Form.whole(1, 64)),
          "",
          "how many XSL-FO documents a worker formats at a time, the first formatter started with it; without it, as many as it has offices, started when documents come");

  public static final Setting<ByteSize> FORMAT_MEMORY =
      new Setting<>(
          "format.memory",
          Form.size(new ByteSize(64L << 20), ByteSize.TIB),
          "256MiB",
          "most memory for the formatting of one document");

  public static final Setting<WebHosts> FORMAT_HTTP_ALLOW =
      new Setting<>(
          "format.http-allow",
          Form.webHosts(),
          "",
          "hosts that a worker fetches `http:` and `https:` references of XSL-FO documents from, such as `*.example.org,https://cdn.example.com,10.0.0.5:8080`; empty for none");

  public static final Setting<Duration> FORMAT_HTTP_TIMEOUT =
      new Setting<>(
          "format.http-timeout",
          Form.duration(Duration.ofMinutes(1)),
          "10s",
          "how long fetching one of them may take, redirects included");

  static final List<Setting<?>> ALL =
      List.of(FORMAT_COUNT, FORMAT_MEMORY, FORMAT_HTTP_ALLOW, FORMAT_HTTP_TIMEOUT);

  private FormatSetting() {}
}
