package io.doos.gateway.webhook;

import io.doos.common.status.Status;
import io.doos.common.status.StatusJson;
import io.doos.common.web.CheckedHttp;
import io.doos.common.web.PublicAddress;
import io.doos.common.web.WebOrigin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Tells once. It connects to an address that was looked at, whatever the name stands for a moment
 * later; it follows no redirects and uses no proxy. Safe for use by any number of threads.
 */
final class WebhookSender {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Signature signature;
  private final InstantSource clock;
  private final CheckedHttp http;

  /**
   * @param allowsPrivate whether it may reach addresses that are not public
   */
  WebhookSender(boolean allowsPrivate, Signature signature, InstantSource clock) {
    this.signature = signature;
    this.clock = clock;
    this.http = new CheckedHttp(new Receivers(allowsPrivate), PATIENCE);
  }

  /** What the other side made of it. */
  enum Answer {
    /** It has heard. */
    HEARD,
    /** It wants to hear no more. */
    GONE,
    /** Another time, perhaps. */
    AGAIN
  }

  /**
   * Tells of a job's end.
   *
   * @param number how often it was tried, this time included
   * @throws IOException when nobody was reached, or may be
   */
  Answer send(URI url, Status status, int number) throws IOException {
    var body = StatusJson.write(status);
    var now = clock.instant().getEpochSecond();
    var headers =
        Map.of(
            "Doos-Ticket", status.ticket().value(),
            "Doos-Delivery", status.ticket() + "-" + number,
            "Doos-Timestamp", Long.toString(now),
            "Doos-Signature", signature.of(now, body));
    var code = http.post(url, headers, "application/json", body, PATIENCE.multipliedBy(2));
    if (code >= 200 && code < 300) {
      return Answer.HEARD;
    }
    return code == 410 ? Answer.GONE : Answer.AGAIN;
  }

  private record Receivers(boolean allowsPrivate) implements CheckedHttp.Reach {
    @Override
    public boolean includes(WebOrigin called, InetAddress address) {
      return allowsPrivate || PublicAddress.isPublic(address);
    }

    @Override
    public String whyNot() {
      return "is not a public address (setting webhook.allow-private)";
    }
  }
}
