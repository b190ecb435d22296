package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfficesTest {

  @TempDir Path folder;

  @Test
  void aStartedOfficeAnswersAndItsEndLeavesNothing() throws Exception {
    try (var offices = Offices.open(OfficeSettings.standard(folder))) {
      for (var generation = 1; generation < 5; generation++) {
        var begin = System.nanoTime();
        try (var office = offices.start(0, generation)) {
          System.out.println(
              "start ms "
                  + (System.nanoTime() - begin) / 1_000_000
                  + " "
                  + office.cpuTime()
                  + " "
                  + office.memoryBytes());
          assertThat(office.answers()).isTrue();
        }
      }
    }
  }
}
