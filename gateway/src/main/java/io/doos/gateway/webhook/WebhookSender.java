package io.doos.gateway.webhook;

import io.doos.common.status.Status;
import io.doos.common.status.StatusJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Tells once. It connects to an address that was looked at, whatever the name stands for a moment
 * later; it follows no redirects and uses no proxy. Safe for use by any number of threads.
 */
final class WebhookSender {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final boolean allowsPrivate;
  private final Signature signature;
  private final InstantSource clock;
  private final OkHttpClient http;

  /**
   * @param allowsPrivate whether it may reach addresses that are not public
   */
  WebhookSender(boolean allowsPrivate, Signature signature, InstantSource clock) {
    this.allowsPrivate = allowsPrivate;
    this.signature = signature;
    this.clock = clock;
    this.http =
        new OkHttpClient.Builder()
            .dns(this::addresses)
            .addNetworkInterceptor(this::onlyWhereAllowed)
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectTimeout(PATIENCE)
            .readTimeout(PATIENCE)
            .writeTimeout(PATIENCE)
            .callTimeout(PATIENCE.multipliedBy(2))
            .build();
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
    var request =
        new Request.Builder()
            .url(url.toString())
            .header("User-Agent", "doos")
            .header("Doos-Ticket", status.ticket().value())
            .header("Doos-Delivery", status.ticket() + "-" + number)
            .header("Doos-Timestamp", Long.toString(now))
            .header("Doos-Signature", signature.of(now, body))
            .post(RequestBody.create(body, MediaType.get("application/json")))
            .build();
    addresses(request.url().host()); // a literal address is not asked for below
    try (var response = http.newCall(request).execute()) {
      if (response.isSuccessful()) {
        return Answer.HEARD;
      }
      return response.code() == 410 ? Answer.GONE : Answer.AGAIN;
    }
  }

  private List<InetAddress> addresses(String host) throws UnknownHostException {
    var all = List.of(InetAddress.getAllByName(host));
    for (var address : all) {
      if (!isAllowed(address)) {
        throw new UnknownHostException(
            host + " is not a public address (setting webhook.allow-private)");
      }
    }
    return all;
  }

  private Response onlyWhereAllowed(Interceptor.Chain chain) throws IOException {
    var connection = chain.connection();
    if (connection == null || !isAllowed(connection.socket().getInetAddress())) {
      throw new IOException("the connection does not lead to a public address");
    }
    return chain.proceed(chain.request());
  }

  private boolean isAllowed(InetAddress address) {
    return allowsPrivate || PublicAddress.isPublic(address);
  }
}
