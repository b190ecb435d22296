package io.doos.deploy.standalone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.doos.common.json.Json;
import io.doos.common.life.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An AMQP 0-9-1 broker in this process, on loopback, for user {@code guest} with password {@code
 * guest}, as RabbitMQ has it. It is a Qpid Broker-J whose messages live in a Berkeley DB under
 * {@code <folder>}; each confirmed persistent message was forced to disk before its confirm, so
 * that neither a kill nor a power cut loses it. Any AMQP 0-9-1 client can use it.
 */
public final class EmbeddedBroker implements Service {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

  private static final String HOST = "127.0.0.1";
  private static final String USER = "guest";
  private static final String MODEL_VERSION = "9.1";

  /** Qpid's own words for what else we want of it. */
  private static final Map<String, String> CONTEXT =
      Map.ofEntries(
          // arguments that only RabbitMQ knows are passed over, as RabbitMQ does with Qpid's
          Map.entry("queue.behaviourOnUnknownDeclareArgument", "IGNORE"),
          Map.entry("exchange.behaviourOnUnknownDeclareArgument", "IGNORE"),
          Map.entry("broker.failStartupWithErroredChild", "true"),
          Map.entry("broker.failStartupWithErroredChildScope", "ALL"),
          Map.entry("virtualhost.connectionThreadPool.size", "8"),
          Map.entry("virtualhost.connectionThreadPool.numberOfSelectors", "1"),
          Map.entry("qpid.port.amqp.threadPool.size", "2"),
          Map.entry("qpid.port.amqp.threadPool.numberOfSelectors", "1"),
          Map.entry("qpid.port.protocol_handshake_timeout", "10000"),
          Map.entry(
              "qpid.port.connection_property_enrichers",
              "[ \"STANDARD\", \"" + AnnouncedConfirms.TYPE + "\" ]"));

  private final Config config;
  private @Nullable SystemLauncher launcher;
  private int port;

  /**
   * Where it listens and keeps its things.
   *
   * @param port on loopback; 0 for any that is free
   * @param folder where everything is kept; made when it is missing
   */
  public record Config(int port, Path folder) {
    public Config {
      folder = folder.toAbsolutePath();
    }
  }

  public EmbeddedBroker(Config config) {
    this.config = config;
  }

  @Override
  public synchronized void start() throws IOException {
    if (launcher != null) {
      return;
    }
    Files.createDirectories(config.folder);
    requireFreePort();
    var listener = new Listener();
    var started = new SystemLauncher(listener);
    try {
      started.startup(attributes());
    } catch (Exception e) {
      started.shutdown();
      throw new IOException("The embedded broker did not start: " + e.getMessage(), e);
    }
    if (listener.failure != null) {
      started.shutdown();
      throw new IOException(
          "The embedded broker did not start: " + listener.failure.getMessage(), listener.failure);
    }
    launcher = started;
    port = listener.boundPort();
    QpidShutdownHook.remove(listener.broker());
    KeptMessages.markRedelivered(listener.broker());
    log.info("The embedded broker listens on {}:{}", HOST, port);
  }

  /** Stops it; connections are cut, and what is in durable queues stays on disk. */
  @Override
  public synchronized void close() {
    if (launcher != null) {
      launcher.shutdown();
      launcher = null;
    }
  }

  /** The port it listens on, once it was started. */
  public synchronized int port() {
    return port;
  }

  /** How a client reaches it, once it was started. */
  public synchronized String url() {
    return "amqp://" + USER + ":" + USER + "@" + HOST + ":" + port;
  }

  /** Qpid would start without its port; who asked for it wants to know before. */
  private void requireFreePort() throws IOException {
    try (var _ = new ServerSocket(config.port, 1, InetAddress.getLoopbackAddress())) {
      log.debug("Port {} is free", config.port);
    } catch (IOException e) {
      throw new IOException(
          "The embedded broker cannot listen on "
              + HOST
              + ":"
              + config.port
              + " ("
              + e.getMessage()
              + "); stop what listens there or choose another port",
          e);
    }
  }

  /** The broker's own configuration is made anew at each start; only the messages are kept. */
  private Map<String, Object> attributes() throws IOException {
    var file = config.folder.resolve("initial-config.json");
    Files.write(file, Json.bytes(configuration()));
    return Map.of(
        SystemConfig.TYPE,
        "Memory",
        SystemConfig.INITIAL_CONFIGURATION_LOCATION,
        file.toUri().toString(),
        SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
        "false",
        SystemConfig.CONTEXT,
        context());
  }

  private Map<String, String> context() {
    var context = new HashMap<>(CONTEXT);
    context.put("qpid.work_dir", config.folder.toString());
    return context;
  }

  private ObjectNode configuration() {
    var virtualHost =
        Json.object()
            .put("type", "BDB")
            .put("name", "default")
            .put("houseKeepingThreadCount", 1)
            .put("storePath", config.folder.resolve("log").toString());
    var root = Json.object().put("name", "embedded").put("modelVersion", MODEL_VERSION);
    var authentication = root.putArray("authenticationproviders").addObject().put("name", "plain");
    authentication.put("type", "Plain").putArray("secureOnlyMechanisms");
    authentication
        .putArray("users")
        .addObject()
        .put("name", USER)
        .put("password", USER)
        .put("type", "managed");
    var amqp = root.putArray("ports").addObject().put("name", "AMQP");
    amqp.put("port", String.valueOf(config.port))
        .put("bindingAddress", HOST)
        .put("authenticationProvider", "plain")
        .putArray("protocols")
        .add("AMQP_0_9_1");
    var aliases = amqp.putArray("virtualhostaliases");
    aliases.addObject().put("name", "defaultAlias").put("type", "defaultAlias");
    aliases.addObject().put("name", "nameAlias").put("type", "nameAlias");
    root.putArray("virtualhostnodes")
        .addObject()
        .put("name", "default")
        .put("type", "JSON")
        .put("storePath", config.folder.resolve("host").toString())
        .put("defaultVirtualHostNode", "true")
        .put("virtualHostInitialConfiguration", virtualHost.toString());
    return root;
  }

  /** Keeps what the launcher tells in passing. */
  private static final class Listener extends DefaultSystemLauncherListener {
    private @Nullable SystemConfig<?> system;
    private @Nullable RuntimeException failure;

    @Override
    public void onContainerResolve(SystemConfig<?> systemConfig) {
      system = systemConfig;
    }

    @Override
    public void errorOnStartup(RuntimeException e) {
      failure = e;
    }

    Broker<?> broker() {
      if (system != null && system.getContainer() instanceof Broker<?> broker) {
        return broker;
      }
      throw new IllegalStateException("the embedded broker has no broker");
    }

    int boundPort() {
      return broker().getPorts().stream()
          .findAny()
          .orElseThrow(() -> new IllegalStateException("the embedded broker has no port"))
          .getBoundPort();
    }
  }
}
