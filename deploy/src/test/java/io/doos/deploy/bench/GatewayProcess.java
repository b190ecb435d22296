package io.doos.deploy.bench;

import io.doos.deploy.FreePort;
import io.doos.deploy.farm.FarmProcess;
import io.doos.deploy.farm.Until;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code doos gateway} as a process of its own beside a farm, whose broker and store it uses. */
final class GatewayProcess implements AutoCloseable {

  private final Process process;
  private final int port;

  private GatewayProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param doos the command to start it with
   * @param throughPort where it is to reach the farm's store
   */
  static GatewayProcess start(List<String> doos, FarmProcess farm, int throughPort, Path folder)
      throws Exception {
    var log = Files.createTempFile(Files.createDirectories(folder), "gateway-", ".log");
    int port = FreePort.next();
    var command = new ArrayList<>(doos);
    command.add("gateway");
    var settings = new ArrayList<>(farm.links(throughPort));
    settings.addAll(List.of("data.dir=" + folder, "tcp.port=" + port, "http.port=0"));
    settings.forEach(setting -> command.addAll(List.of("--set", setting)));
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      Until.holds(
          () -> Files.readString(log).contains("The gateway is ready") || !process.isAlive());
      if (!process.isAlive()) {
        throw new IllegalStateException("the gateway did not start:\n" + Files.readString(log));
      }
      return new GatewayProcess(process, port);
    } catch (Exception | Error e) {
      process.destroyForcibly().waitFor();
      throw e;
    }
  }

  long pid() {
    return process.pid();
  }

  /** Of its doos door. */
  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
