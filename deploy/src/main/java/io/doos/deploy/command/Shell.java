package io.doos.deploy.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command sees of the shell that ran it.
 *
 * @param out standard output, for answers
 * @param err standard error, for what went wrong
 * @param isTerminal whether {@code out} is a terminal, so that lines can be rewritten and coloured
 * @param folder the working directory
 */
public record Shell(
    PrintWriter out,
    PrintWriter err,
    boolean isTerminal,
    Map<String, String> environment,
    Path folder) {

  public Shell {
    environment = Map.copyOf(environment);
  }

  /** The shell that ran this process. */
  public static Shell ofProcess(Map<String, String> environment) {
    return new Shell(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        isTerminal(Path.of("/proc/self/fd/1")),
        environment,
        Path.of(""));
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, UTF_8);
  }

  private static boolean isTerminal(Path descriptor) {
    try {
      var device = Files.readSymbolicLink(descriptor).toString();
      return device.matches("/dev/(pts/\\d+|tty.*|console)");
    } catch (IOException e) {
      return false; // no such thing here: plain lines are right everywhere
    }
  }
}
