package io.doos.common.http;

import io.doos.common.life.Service;
import io.doos.common.tls.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A door that speaks HTTP/1.1. Requests are answered on virtual threads; connections that say
 * nothing cost no thread.
 */
public final class HttpServer implements Service {

  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

  // One to accept, one to select, and what Jetty keeps in reserve.
  private static final int PLATFORM_THREADS = 6;
  // A file may have a per cent sign in its name, which Jetty takes for an attack unless told.
  private static final UriCompliance PERCENT_IN_NAMES =
      UriCompliance.DEFAULT.with("doos", UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING);
  private static final Duration LAST_GRACE = Duration.ofSeconds(2);

  private final Config config;
  private final Server server;
  private final ServerConnector connector;

  /**
   * Where and how much.
   *
   * @param name what messages call it, such as {@code HTTP door}
   * @param address where to listen; port 0 takes any free one
   * @param settings that name the address, for messages
   * @param connections how many at a time; more wait to be accepted
   * @param idleTimeout how long a connection may neither bring nor take a byte
   * @param tls how it speaks TLS, if it does
   */
  public record Config(
      String name,
      InetSocketAddress address,
      String settings,
      int connections,
      Duration idleTimeout,
      Optional<Tls> tls) {

    /** A door without TLS. */
    public Config(
        String name,
        InetSocketAddress address,
        String settings,
        int connections,
        Duration idleTimeout) {
      this(name, address, settings, connections, idleTimeout, Optional.empty());
    }

    /** The same door over TLS at another address, which {@code names} set. */
    public Config overTls(InetSocketAddress other, String names, Tls how) {
      return new Config(
          name + " over TLS", other, names, connections, idleTimeout, Optional.of(how));
    }
  }

  /** A server that is not listening yet. */
  public HttpServer(Config config, List<Route> routes) {
    this.config = config;
    var threads = new QueuedThreadPool(PLATFORM_THREADS, 1);
    threads.setName("http");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory()));
    server = new Server(threads);
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setUriCompliance(PERCENT_IN_NAMES);
    connector = new WatchedConnector(server, protocols(config.tls(), http));
    connector.setHost(config.address().getHostString());
    connector.setPort(config.address().getPort());
    connector.setIdleTimeout(config.idleTimeout().toMillis());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(config.connections(), connector));
    var answers = new Answers();
    server.setErrorHandler(answers::failed);
    server.setHandler(new GracefulHandler(new Dispatcher(routes, answers)));
    server.setStopTimeout(LAST_GRACE.toMillis());
  }

  private static ConnectionFactory[] protocols(Optional<Tls> tls, HttpConfiguration http) {
    var plain = new HttpConnectionFactory(http);
    if (tls.isEmpty()) {
      return new ConnectionFactory[] {plain};
    }
    // It notes who the client is. Names of hosts are the client's to check: we have one
    // certificate.
    http.addCustomizer(new SecureRequestCustomizer(false));
    var secure = new SslConnectionFactory(new TlsEngines(tls.get()), plain.getProtocol());
    return new ConnectionFactory[] {secure, plain};
  }

  @Override
  public void start() throws Exception {
    try {
      server.start();
    } catch (IOException e) {
      close();
      throw new IOException(
          "The %s cannot listen at %s (%s): %s"
              .formatted(config.name(), config.address(), config.settings(), rootMessage(e)),
          e);
    }
    log.info("The {} is open at {}:{}", config.name(), connector.getHost(), port());
  }

  /** The port it listens at, once started. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Takes no more connections; requests under way have 2 s to be answered. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      log.debug("The {} did not stop in order", config.name(), e);
    }
  }

  private static String rootMessage(Throwable e) {
    return e.getCause() == null ? String.valueOf(e.getMessage()) : rootMessage(e.getCause());
  }
}
