package io.doos.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoggingTest {

  @Test
  void anEventIsOneLineAndOnlyOurOwnDetailsAreTold() throws Exception {
    var lines = logged("log.level=info");

    assertThat(lines)
        .satisfiesExactly(
            line -> assertThat(line).matches("\\S+ INFO  LoggedMain: one \\| two"),
            line ->
                assertThat(line)
                    .matches(
                        "\\S+ ERROR LoggedMain: it broke .*IllegalStateException: a \\| b \\| at .*"),
            line -> assertThat(line).contains("WARN  Foreign: a warning"));
  }

  @Test
  void theLevelIsASetting() throws Exception {
    assertThat(logged("log.level=error")).hasSize(1);
    assertThat(logged("log.level=debug")).hasSize(4);
  }

  @Test
  void inJsonEachLineIsAnObject() throws Exception {
    assertThat(logged("log.format=json"))
        .hasSize(3)
        .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
  }

  private static List<String> logged(String setting) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin/java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path", ""));
    command.addAll(List.of("io.doos.deploy.LoggedMain", setting));
    var process = new ProcessBuilder(command).start();
    var errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return errors.lines().toList();
  }
}
