package io.doos.deploy.farm;

import io.doos.common.config.FarmSetting;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.S3ObjectStore;
import io.doos.deploy.client.DoosClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * {@code doos standalone} as a process, on free ports, with its data in a folder that outlives it.
 */
public final class FarmProcess implements AutoCloseable {

  private static final Pattern READY =
      Pattern.compile("doos is ready: doos protocol on 127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern HTTP_DOOR =
      Pattern.compile("The HTTP door is open at 127\\.0\\.0\\.1:(\\d+)");
  private static final long START_SECONDS = 120;

  private final Process process;
  private final Path data;
  private final Path log;
  final int port;
  final int brokerPort;
  final int storePort;

  private FarmProcess(
      Process process, Path data, Path log, int port, int brokerPort, int storePort) {
    this.process = process;
    this.data = data;
    this.log = log;
    this.port = port;
    this.brokerPort = brokerPort;
    this.storePort = storePort;
  }

  /**
   * Starts a farm and waits until it is ready.
   *
   * @param settings such as {@code office.count=1}
   */
  static FarmProcess start(Path data, String... settings) throws IOException, InterruptedException {
    return start(List.of(), data, settings);
  }

  /**
   * Starts a farm and waits until it is ready.
   *
   * @param doos the command to start it with; if empty, the classes that were built, with the
   *     distribution's jars
   * @param settings such as {@code office.count=1}
   */
  public static FarmProcess start(List<String> doos, Path data, String... settings)
      throws IOException, InterruptedException {
    int brokerPort = freePort();
    int storePort = freePort();
    var log = Files.createTempFile(Files.createDirectories(data), "farm-", ".log");
    var command = new ArrayList<>(doos.isEmpty() ? fromClassPath() : doos);
    command.add("standalone");
    var all = new ArrayList<>(List.of(settings));
    all.add("data.dir=" + data);
    all.add("tcp.port=0");
    all.add("http.port=0");
    all.add("embedded.broker-port=" + brokerPort);
    all.add("embedded.store-port=" + storePort);
    all.forEach(setting -> command.addAll(List.of("--set", setting)));
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      return new FarmProcess(process, data, log, awaitReady(process, log), brokerPort, storePort);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroyForcibly().waitFor();
      throw e;
    }
  }

  /** With no jar that the distribution lacks: what tests bring along would hide that. */
  private static List<String> fromClassPath() throws IOException {
    var jars = Files.readString(Path.of("target", "runtime-class-path")).strip();
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx192m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        Path.of("target", "classes") + ":" + jars,
        "io.doos.deploy.DoosMain");
  }

  private static int awaitReady(Process process, Path log)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < deadline) {
      boolean ended = process.waitFor(20, TimeUnit.MILLISECONDS);
      var ready = READY.matcher(Files.readString(log));
      if (ready.find()) {
        return Integer.parseInt(ready.group(1));
      }
      if (ended) {
        break;
      }
    }
    throw new IllegalStateException("the farm did not start:\n" + Files.readString(log));
  }

  public DoosClient client() {
    return new DoosClient(
        new DoosClient.Config("127.0.0.1", port, Duration.ofSeconds(5), Duration.ofSeconds(60)));
  }

  /** The port of its HTTP door. */
  public int httpPort() throws IOException {
    var open = HTTP_DOOR.matcher(log());
    if (!open.find()) {
      throw new IllegalStateException("the HTTP door is not open");
    }
    return Integer.parseInt(open.group(1));
  }

  /** Sends it a signal such as {@code TERM}, and does not wait. */
  void signal(String name) throws IOException {
    new ProcessBuilder("kill", "-" + name, "" + pid()).inheritIO().start().onExit().join();
  }

  /** Its embedded store, past the farm; the caller closes it. */
  public ObjectStore store() throws IOException {
    return store(storePort);
  }

  /** The same by way of another port, where somebody stands between. */
  public ObjectStore store(int throughPort) throws IOException {
    var keys = keys();
    return new S3ObjectStore(
        new S3ObjectStore.Config(
            URI.create("http://127.0.0.1:" + throughPort),
            FarmSetting.STORE_BUCKET.defaultText(),
            null,
            keys.get(0),
            keys.get(1),
            S3ObjectStore.Timeouts.DEFAULT));
  }

  /**
   * The settings of another process that uses its broker and its store.
   *
   * @param throughPort where that process is to reach the store
   */
  public List<String> links(int throughPort) throws IOException {
    var keys = keys();
    return List.of(
        FarmSetting.BROKER_URL.name() + "=amqp://guest:guest@127.0.0.1:" + brokerPort,
        FarmSetting.STORE_URL.name() + "=http://127.0.0.1:" + throughPort,
        FarmSetting.STORE_ACCESS_KEY.name() + "=" + keys.get(0),
        FarmSetting.STORE_SECRET_KEY.name() + "=" + keys.get(1));
  }

  private List<String> keys() throws IOException {
    return Files.readAllLines(data.resolve("store").resolve("keys"));
  }

  public int storePort() {
    return storePort;
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  public String log() throws IOException {
    return Files.readString(log);
  }

  /** All processes below it, offices and jails, as they are now. */
  List<ProcessHandle> descendants() {
    return process
        .toHandle()
        .descendants()
        .sorted(Comparator.comparingLong(ProcessHandle::pid))
        .toList();
  }

  /** Ends it without a word, as a power cut would. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Tells it to stop; answers whether it did within a minute. */
  boolean terminate() {
    process.destroy();
    return awaitEnd();
  }

  boolean awaitEnd() {
    return process
        .onExit()
        .thenApply(_ -> true)
        .completeOnTimeout(false, 60, TimeUnit.SECONDS)
        .join();
  }

  int exitCode() {
    return process.exitValue();
  }

  @Override
  public void close() {
    if (!terminate()) {
      kill();
      throw new IllegalStateException("the farm did not stop within a minute");
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
