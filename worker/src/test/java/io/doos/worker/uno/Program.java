package io.doos.worker.uno;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A foreign client as a process. Killed when closed. */
public final class Program implements AutoCloseable {

  /** Debian's own, which has the UNO bridge; another may come first in the path. */
  static final String PYTHON = "/usr/bin/python3";

  private static final long MOST_SECONDS = 180;

  private final Process process;
  private final BufferedReader output;

  private Program(Process process) {
    this.process = process;
    this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** Starts it; errors come with the output. */
  public static Program start(List<String> command) throws IOException {
    return new Program(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** The test client of the resources, at {@code connection}. */
  static Program client(String connection, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(PYTHON, resource("client.py").toString(), connection));
    command.addAll(List.of(arguments));
    return start(command);
  }

  static Path resource(String name) {
    return Path.of("src/test/resources/uno", name).toAbsolutePath();
  }

  /** Its next line of output. */
  String line() throws IOException {
    var line = output.readLine();
    if (line == null) {
      throw new IOException("it has ended");
    }
    return line;
  }

  /** Waits until it has ended; answers all that it said since. */
  public String ended() throws InterruptedException {
    var said = String.join("\n", output.lines().toList());
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end");
    }
    return said;
  }

  /** 0 when all went well; only once it has ended. */
  public int exitCode() {
    return process.exitValue();
  }

  /** Gives it a line to read. */
  void tell(String line) throws IOException {
    var input = process.getOutputStream();
    input.write((line + "\n").getBytes(UTF_8));
    input.flush();
  }

  /** Ends its input. */
  void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As by kill -9. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
