package io.doos.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code doos oood} with a configuration file of the old oood, as processes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OoodProcessTest {

  private static final List<String> FREE =
      List.of(
          "Instances in daemon \\(free/total\\): 2/2",
          "Worker\tpid\tin use\tusages\tduration\tuser-directory",
          "0\t\\d+ \t \t0\t        \tfile:///home/oood/1",
          "1\t\\d+ \t \t0\t        \tfile:///home/oood/2");

  @TempDir private Path folder;

  private final int port = FreePort.next();

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(
        folder.resolve("oood-config.xml"),
        """
        <oood-config>
          <acceptor uno-url="socket,host=localhost,port=%d"/>
          <admin-acceptor uno-url="pipe,name=oood-%d"/>
          <user-installation url="file:///home/oood/1"/>
          <user-installation url="file:///home/oood/2"/>
          <usage-count-per-instance max="3" random="1"/>
          <colour value="red"/>
        </oood-config>
        """
            .formatted(port, port));
  }

  private Process oood(String word) throws IOException {
    return DoosProcess.start(folder, List.of(), "oood", "-c", "oood-config.xml", word);
  }

  @Test
  void itRunsServesShowsItsOfficesAndStops() throws Exception {
    var daemon = oood("run");
    try (var log = daemon.inputReader(UTF_8)) {
      var start = until(log, "Accepting on socket,host=localhost,port=" + port);
      assertThat(start).contains("[SERIOUS]: <colour> (line 7) means nothing to doos");
      assertThat(start.lines())
          .allMatch(line ->
              line.matches(
                  "[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d [\\d:]{8} \\d{4} \\[(SERIOUS|INFO   )]: .*"));
      var table = said(oood("status")).lines().toList();
      assertThat(table).hasSameSizeAs(FREE);
      for (var line = 0; line < FREE.size(); line++) {
        assertThat(table.get(line)).matches(FREE.get(line));
      }
      serve();
      until(log, "leaves office-");
      assertThat(said(oood("stop"))).isEmpty();
      until(log, "Stopped");
      assertThat(DoosProcess.end(daemon)).isZero();
    } finally {
      daemon.destroyForcibly();
    }
    var nobody = oood("status");
    assertThat(DoosProcess.errors(nobody)).contains("no daemon answers at pipe,name=oood-" + port);
    assertThat(DoosProcess.end(nobody)).isEqualTo(3);
  }

  @Test
  void nothingOfItIsLeftWhenItIsKilled() throws Exception {
    var daemon = oood("run");
    try (var log = daemon.inputReader(UTF_8)) {
      until(log, "Accepting on");
      var offices = daemon.descendants().toList();
      assertThat(offices).isNotEmpty();
      daemon.destroyForcibly().waitFor();
      for (var office : offices) {
        assertThat(office.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
      }
    } finally {
      daemon.destroyForcibly();
    }
  }

  private void serve() throws IOException, InterruptedException {
    var client =
        "import uno; c = uno.getComponentContext(); r = c.ServiceManager.createInstance("
            + "'com.sun.star.bridge.UnoUrlResolver'); print(r.resolve('uno:socket,host=localhost,"
            + "port=%d;urp;StarOffice.ServiceManager') is not None)".formatted(port);
    var process =
        new ProcessBuilder("/usr/bin/python3", "-c", client).redirectErrorStream(true).start();
    assertThat(said(process)).isEqualTo("True\n");
  }

  private static String said(Process process) throws IOException, InterruptedException {
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    DoosProcess.end(process);
    return said;
  }

  /** All lines of {@code log} up to one with {@code wanted}. */
  private static String until(BufferedReader log, String wanted) throws IOException {
    var all = new StringBuilder();
    for (var line = log.readLine(); line != null; line = log.readLine()) {
      all.append(line).append('\n');
      if (line.contains(wanted)) {
        return all.toString();
      }
    }
    throw new AssertionError("the daemon ended: " + all);
  }
}
