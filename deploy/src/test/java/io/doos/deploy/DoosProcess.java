package io.doos.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code doos} command as a process of its own. */
final class DoosProcess {

  private DoosProcess() {}

  /**
   * Starts it.
   *
   * @param jvm options such as {@code -Xmx32m}
   */
  static Process start(Path folder, List<String> jvm, String... arguments) throws IOException {
    // tests that run in the background of a shell were started deaf to Ctrl-C, and so would it be
    var command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home", ""), "bin/java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path", ""));
    command.add("io.doos.deploy.DoosMain");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(folder.toFile()).start();
  }

  /** All that it says on standard error, when it has ended. */
  static String errors(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), UTF_8);
  }

  /** Its exit code. */
  static int end(Process process) throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the doos command did not end");
    }
    return process.exitValue();
  }
}
