package io.doos.common.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Calls over HTTP that connect to nothing but addresses that were looked at, whatever the host's
 * name stands for a moment later. It follows no redirects, uses no proxy, keeps no cookies and
 * sends no credentials. Safe for use by any number of threads.
 */
public final class CheckedHttp {

  private static final String AGENT = "doos";

  private final Reach reach;
  private final OkHttpClient http;

  /** Where calls may lead. Asked by any thread. */
  public interface Reach {
    /**
     * Whether {@code called} may be called at this address; all that its name has are asked for.
     */
    boolean includes(WebOrigin called, InetAddress address);

    /** Why not, to follow an address's or a host's name. */
    String whyNot();
  }

  /**
   * @param patience for a connection, and between two bytes
   */
  public CheckedHttp(Reach reach, Duration patience) {
    this.reach = reach;
    this.http =
        new OkHttpClient.Builder()
            .addNetworkInterceptor(this::onlyWhereAllowed)
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectTimeout(patience)
            .readTimeout(patience)
            .writeTimeout(patience)
            .build();
  }

  /** A server's answer while it comes. */
  public interface Answer {
    int code();

    Optional<String> header(String name);

    /** What comes; no longer than the whole call may take. */
    InputStream content();
  }

  /** Takes an answer, and makes something of it. */
  public interface Taker<T> {
    T take(Answer answer) throws IOException;
  }

  /**
   * Asks for what is at {@code url}.
   *
   * @param longest for all of it
   * @throws IOException when it is not reached, not allowed, or breaks off
   */
  public <T> T get(URI url, Duration longest, Taker<T> taker) throws IOException {
    return call(request(url).get().build(), longest, taker);
  }

  /**
   * Sends {@code body}, and answers the code that comes back.
   *
   * @param longest for all of it
   * @throws IOException when nobody was reached, or may be
   */
  public int post(
      URI url, Map<String, String> headers, String mediaType, byte[] body, Duration longest)
      throws IOException {
    var request = request(url).post(RequestBody.create(body, MediaType.get(mediaType)));
    headers.forEach(request::header);
    return call(request.build(), longest, Answer::code);
  }

  /** What stands before an '@' is a secret of whoever wrote it, and nobody else's to hear. */
  private static Request.Builder request(URI url) throws IOException {
    var parsed = HttpUrl.parse(url.toString());
    if (parsed == null) {
      throw new IOException("it is not a URL of the web");
    }
    var open = parsed.newBuilder().username("").password("").fragment(null).build();
    return new Request.Builder().url(open).header("User-Agent", AGENT);
  }

  private <T> T call(Request request, Duration longest, Taker<T> taker) throws IOException {
    var called = origin(request);
    var checked = new CheckedNames(reach, called);
    checked.lookup(called.host()); // a literal address is not asked for below
    Call call = http.newBuilder().dns(checked).callTimeout(longest).build().newCall(request);
    try (var response = call.execute()) {
      return taker.take(new Received(response));
    }
  }

  private Response onlyWhereAllowed(Interceptor.Chain chain) throws IOException {
    var connection = chain.connection();
    var called = origin(chain.request());
    if (connection == null || !reach.includes(called, connection.socket().getInetAddress())) {
      throw new IOException(called.host() + " " + reach.whyNot());
    }
    return chain.proceed(chain.request());
  }

  private static WebOrigin origin(Request request) {
    var url = request.url();
    return new WebOrigin(url.scheme(), url.host(), url.port());
  }

  private record Received(Response response) implements Answer {
    @Override
    public int code() {
      return response.code();
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(response.header(name));
    }

    @Override
    public InputStream content() {
      return response.body().byteStream();
    }
  }

  /** The addresses of one place, all of them looked at; equal ones share their connections. */
  private record CheckedNames(Reach reach, WebOrigin called) implements Dns {
    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
      var all = List.of(InetAddress.getAllByName(host));
      for (var address : all) {
        if (!reach.includes(called, address)) {
          throw new UnknownHostException(host + " " + reach.whyNot());
        }
      }
      return all;
    }
  }
}
