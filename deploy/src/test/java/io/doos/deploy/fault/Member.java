package io.doos.deploy.fault;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process of a farm, in a JVM of its own, that may die and come again on the same data and ports.
 * Only processes that were started here are ever signalled.
 */
public final class Member implements AutoCloseable {

  private static final long START_SECONDS = 120;
  private static final long STOP_SECONDS = 60;

  private final String name;
  private final Path logs;
  private final String ready;
  private final List<String> command;
  private @Nullable Process process;
  private int incarnation;

  /**
   * A process that does not run yet.
   *
   * @param logs where each incarnation gets a log of its own
   * @param ready what its log says when it can be used
   * @param jvm options such as {@code -Xmx128m}
   * @param main the class to run, and its arguments
   */
  public Member(String name, Path logs, String ready, List<String> jvm, List<String> main) {
    this.name = name;
    this.logs = logs;
    this.ready = ready;
    this.command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.addAll(main);
  }

  public String name() {
    return name;
  }

  /** Starts it; does nothing when it runs. */
  public synchronized void launch() throws IOException {
    if (isAlive()) {
      return;
    }
    incarnation++;
    Files.createDirectories(logs);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log().toFile()))
            .start();
  }

  /** Waits until it can be used. */
  public void awaitReady() throws IOException, InterruptedException {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!says(ready)) {
      var ended = running().waitFor(20, TimeUnit.MILLISECONDS);
      if ((ended && !says(ready)) || System.nanoTime() > deadline) {
        throw new IllegalStateException(name + " did not start:\n" + Files.readString(log()));
      }
    }
  }

  /** Whether its present incarnation could be used once. */
  public boolean isReady() throws IOException {
    return says(ready);
  }

  public void start() throws IOException, InterruptedException {
    launch();
    awaitReady();
  }

  /** Whether the log of its present incarnation holds {@code text}. */
  public boolean says(String text) throws IOException {
    return said().contains(text);
  }

  /** The log of its present incarnation. */
  public String said() throws IOException {
    return Files.readString(log());
  }

  /** Ends it without a word, as a power cut would; returns when it is gone. */
  public void kill() {
    running().destroyForcibly().onExit().join();
  }

  /** Tells it to stop (SIGTERM), and does not wait. */
  public void tell() {
    running().destroy();
  }

  /** Tells it to stop; answers whether it did within a minute. */
  public boolean stop() {
    tell();
    return awaitEnd();
  }

  /** Waits for its end; answers whether it came within a minute. */
  public boolean awaitEnd() {
    return running()
        .onExit()
        .thenApply(_ -> true)
        .completeOnTimeout(false, STOP_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  /** Stops its clock, as a paused machine would; sockets stay open. */
  public void freeze() throws IOException {
    signal("STOP");
  }

  /** Lets it run on where it was frozen. */
  public void thaw() throws IOException {
    signal("CONT");
  }

  private void signal(String which) throws IOException {
    if (isAlive()) {
      new ProcessBuilder("kill", "-" + which, "" + pid()).inheritIO().start().onExit().join();
    }
  }

  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Its exit code, once it has ended. */
  public int exitCode() {
    return running().exitValue();
  }

  public long pid() {
    return running().pid();
  }

  /** All processes below it, offices and jails, as they are now. */
  public List<ProcessHandle> descendants() {
    return running().toHandle().descendants().toList();
  }

  private synchronized Path log() {
    return logs.resolve(name + "." + incarnation + ".log");
  }

  private synchronized Process running() {
    if (process == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return process;
  }

  @Override
  public void close() throws IOException {
    if (!isAlive()) {
      return;
    }
    thaw();
    if (!stop()) {
      kill();
      throw new IllegalStateException(name + " did not stop within a minute");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
