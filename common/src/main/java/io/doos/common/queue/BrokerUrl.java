package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Where the broker is and who we are there. The only place that knows the credentials; its text
 * never shows them.
 */
record BrokerUrl(
    boolean tls, String host, int port, String virtualHost, String user, String password) {

  private static final String DEFAULT_USER = "guest";

  /** What brokers close a connection with whose virtual host is not there, or not for this user. */
  private static final Set<Integer> NO_VIRTUAL_HOST =
      Set.of(AMQP.NOT_ALLOWED, AMQP.NOT_FOUND, AMQP.ACCESS_REFUSED);

  /**
   * @throws IllegalArgumentException saying what is wrong, without the credentials
   */
  static BrokerUrl parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("the broker's URL is malformed: " + e.getReason());
    }
    var scheme = uri.getScheme() == null ? "" : uri.getScheme();
    if (!scheme.equals("amqp") && !scheme.equals("amqps")) {
      throw new IllegalArgumentException(
          "the broker's URL does not start with amqp:// or amqps://");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("the broker's URL names no host");
    }
    var tls = scheme.equals("amqps");
    var who = uri.getRawUserInfo() == null ? "guest:guest" : uri.getRawUserInfo();
    var colon = who.indexOf(':');
    var path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return new BrokerUrl(
        tls,
        uri.getHost(),
        uri.getPort() >= 0
            ? uri.getPort()
            : tls ? ConnectionFactory.DEFAULT_AMQP_OVER_SSL_PORT : AMQP.PROTOCOL.PORT,
        path.length() <= 1 ? "/" : decoded(path.substring(1)),
        decoded(colon < 0 ? who : who.substring(0, colon)),
        colon < 0 ? "" : decoded(who.substring(colon + 1)));
  }

  /** Connects; the connection does not recover by itself. */
  Connection open(String name, LinkConfig config)
      throws IOException, TimeoutException, BrokerMisconfigured {
    var factory = new ConnectionFactory();
    factory.setHost(host);
    factory.setPort(port);
    factory.setVirtualHost(virtualHost);
    factory.setUsername(user);
    factory.setPassword(password);
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    factory.setConnectionTimeout((int) config.connectTimeout().toMillis());
    factory.setHandshakeTimeout((int) config.connectTimeout().toMillis());
    factory.setChannelRpcTimeout((int) config.connectTimeout().toMillis());
    factory.setShutdownTimeout((int) config.closeTimeout().toMillis());
    factory.setRequestedHeartbeat((int) config.heartbeat().toSeconds());
    factory.setExceptionHandler(new QuietDriver());
    factory.setThreadFactory(Thread.ofPlatform().daemon().name("broker-" + name).factory());
    if (tls) {
      useTrustedTls(factory);
    }
    try {
      return factory.newConnection(Executors.newVirtualThreadPerTaskExecutor(), "doos " + name);
    } catch (AuthenticationFailureException e) {
      throw new BrokerMisconfigured.NotAllowed(
          "The broker at "
              + this
              + " refuses user '"
              + user
              + "' with this password: check broker.url, or set the password anew with: "
              + Mending.at(this).changePassword()
              + (user.equals(DEFAULT_USER)
                  ? " ('guest' may come from the broker's own machine only)"
                  : ""),
          e);
    } catch (IOException e) {
      if (e.getCause() instanceof ShutdownSignalException signal
          && signal.getReason() instanceof AMQP.Connection.Close close
          && NO_VIRTUAL_HOST.contains(close.getReplyCode())) {
        throw noVirtualHost(close, e);
      }
      throw e;
    }
  }

  private BrokerMisconfigured noVirtualHost(AMQP.Connection.Close close, IOException e) {
    var mending = Mending.at(this);
    return new BrokerMisconfigured.NotAllowed(
        "The broker at %s refuses user '%s' the virtual host '%s' (%s): check broker.url, or make it with: %s ; and give the rights that doos needs there with: %s"
            .formatted(
                this,
                user,
                virtualHost,
                close.getReplyText(),
                mending.addVirtualHost(),
                mending.setPermissions()),
        e);
  }

  /**
   * By default the client trusts any certificate; we want the system's trust and the right host.
   */
  private static void useTrustedTls(ConnectionFactory factory) throws IOException {
    try {
      factory.useSslProtocol(SSLContext.getDefault());
      factory.enableHostnameVerification();
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("this Java has no default TLS context", e);
    }
  }

  /** A failure in a few words. */
  static String reason(Throwable e) {
    if (e instanceof ShutdownSignalException signal) {
      return switch (signal.getReason()) {
        case AMQP.Connection.Close close -> close.getReplyCode() + " " + close.getReplyText();
        case AMQP.Channel.Close close -> close.getReplyCode() + " " + close.getReplyText();
        case null, default ->
            signal.getCause() == null ? "the connection broke" : reason(signal.getCause());
      };
    }
    if (e.getMessage() == null && e.getCause() != null) {
      return reason(e.getCause());
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return (tls ? "amqps://" : "amqp://")
        + host
        + ":"
        + port
        + (virtualHost.equals("/") ? "" : "/" + virtualHost);
  }
}
