package io.doos.deploy.farm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/** A client in Python, as people write them, that has an office until it is closed. */
public final class UnoClient implements AutoCloseable {

  private static final String SCRIPT =
      """
      import sys, uno
      local = uno.getComponentContext()
      resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
      office = resolver.resolve(
          "uno:socket,host=127.0.0.1,port=" + sys.argv[1] + ";urp;StarOffice.ComponentContext")
      print("served", flush=True)
      for line in sys.stdin:
          desktop = office.ServiceManager.createInstance("com.sun.star.frame.Desktop")
          print("answered" if desktop else "silent", flush=True)
      """;

  private final Process process;
  private final BufferedReader said;

  /** Connects; the office may come later. */
  public UnoClient(int port) throws IOException {
    // Debian's own, which has the UNO bridge; another may come first in the path
    process =
        new ProcessBuilder(List.of("/usr/bin/python3", "-c", SCRIPT, "" + port))
            .redirectErrorStream(true)
            .start();
    said = process.inputReader(UTF_8);
  }

  /** Waits for the office; answers {@code served}, or what it says instead. */
  public String first() throws IOException {
    return String.valueOf(said.readLine());
  }

  /** Calls its office; answers {@code answered}, or all that it says on its end. */
  public String call() throws IOException {
    var input = process.getOutputStream();
    input.write('\n');
    input.flush();
    var line = String.valueOf(said.readLine());
    return line.equals("answered") ? line : line + String.join("\n", said.lines().toList());
  }

  /** Goes without a word, as when it is killed. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
