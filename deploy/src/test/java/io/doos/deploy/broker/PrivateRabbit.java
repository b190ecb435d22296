package io.doos.deploy.broker;

import io.doos.common.queue.AmqpProbe;
import io.doos.deploy.FreePort;
import io.doos.deploy.farm.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A RabbitMQ node of its own, from the system's package, on free ports of the loopback, with its
 * own data and its own epmd, for any user. Leaves no process.
 */
@SuppressWarnings("try") // an interrupt while it closes ends the test
public final class PrivateRabbit implements AutoCloseable {

  private static final Path BIN = Path.of("/usr/lib/rabbitmq/bin");
  private static final int START_SECONDS = 90;
  private static final int POLL_MS = 250;

  private final Path folder;
  private final int port = FreePort.next();
  private final int epmdPort;
  private final Map<String, String> environment;
  private final @Nullable Process epmd;
  private @Nullable Process node;

  /**
   * Starts it and waits until it can be used.
   *
   * @param folder for everything that it writes
   */
  public PrivateRabbit(Path folder) throws Exception {
    this.folder = folder;
    this.epmdPort = FreePort.next();
    this.environment = environment(folder.resolve("home"));
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("enabled_plugins"), "[].\n");
    // a node would start one that outlives it
    epmd = run("epmd", List.of("epmd", "-address", "127.0.0.1", "-port", "" + epmdPort));
    try {
      start();
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /**
   * Starts one more node of the cluster that {@code first} is in, and waits until it can be used.
   *
   * @param folder for everything that it writes
   * @param first outlives it
   */
  public PrivateRabbit(Path folder, PrivateRabbit first) throws Exception {
    this.folder = folder;
    this.epmdPort = first.epmdPort;
    this.environment = environment(first.folder.resolve("home"));
    this.epmd = null;
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("enabled_plugins"), "[].\n");
    try {
      start();
      control("stop_app");
      control("join_cluster", first.name());
      control("start_app");
      awaitUsable();
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private String name() {
    return "doos-test-" + port + "@localhost";
  }

  private Map<String, String> environment(Path home) {
    return Map.ofEntries(
        Map.entry("RABBITMQ_NODENAME", name()),
        Map.entry("RABBITMQ_NODE_PORT", "" + port),
        Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
        Map.entry("RABBITMQ_DIST_PORT", "" + FreePort.next()),
        Map.entry("ERL_EPMD_PORT", "" + epmdPort),
        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
        Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString()),
        Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
        Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()),
        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled_plugins").toString()),
        Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("none").toString()),
        Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+sbwt none"),
        Map.entry("HOME", home.toString()));
  }

  /** Where it listens, also when it was killed and starts again. */
  public int port() {
    return port;
  }

  /** How a client reaches it. */
  public String url() {
    return "amqp://guest:guest@127.0.0.1:" + port;
  }

  /** Starts the node again, on the data that it had, and waits until it can be used. */
  public void start() throws Exception {
    node = run("node", List.of(BIN.resolve("rabbitmq-server").toString()));
    awaitUsable();
  }

  /** Waits until the node that was started can be used. */
  public void awaitUsable() throws Exception {
    var started = Objects.requireNonNull(node);
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!isUsable()) {
      if (!started.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("RabbitMQ did not start:\n" + output("node"));
      }
      started.waitFor(POLL_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** Ends the node as a power cut would end it. */
  public void kill() {
    if (node != null) {
      end(node);
    }
  }

  /** Runs {@code rabbitmqctl}. */
  public void control(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(BIN.resolve("rabbitmqctl").toString()));
    command.addAll(List.of(arguments));
    var process = run("control", command);
    if (process.waitFor() != 0) {
      throw new IOException("rabbitmqctl failed:\n" + output("control"));
    }
  }

  /** Runs a command line as an operator on the broker's machine would. */
  public void shell(String command) throws Exception {
    var process = run("shell", List.of("sh", "-c", "PATH=" + BIN + ":$PATH; " + command));
    if (process.waitFor() != 0) {
      throw new IOException("'" + command + "' failed:\n" + output("shell"));
    }
  }

  @Override
  public void close() {
    kill();
    if (epmd != null) {
      end(epmd);
    }
  }

  private boolean isUsable() {
    try (var probe = new AmqpProbe(url())) {
      var queue = probe.newQueue();
      return probe.ready(queue) == 0;
    } catch (Exception e) {
      return false;
    }
  }

  private Process run(String name, List<String> command) throws IOException {
    var log = folder.resolve(name + ".out").toFile();
    var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
    builder.environment().putAll(environment);
    builder.directory(folder.toFile());
    return builder.start();
  }

  private String output(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".out"));
  }

  /**
   * Ends a process and all that it started, and waits for their end. Those that it started are the
   * system's to bury, which may take minutes: dead is enough.
   */
  private static void end(Process process) {
    var below = process.descendants().toList();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    try {
      Until.holds(() -> below.stream().allMatch(PrivateRabbit::isDead));
    } catch (Exception e) {
      throw new IllegalStateException("what the node had started does not end", e);
    }
  }

  private static boolean isDead(ProcessHandle process) {
    try {
      var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
    } catch (IOException e) {
      return true; // it is not there any more
    }
  }
}
