package io.doos.worker.oood;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OoodStatusTest {

  @Test
  void theTableIsTheOldOneToTheLetter() {
    var rows =
        List.of(
            new OoodStatus.Row(0, 4711, Optional.empty(), 3, "file:///home/oood/1"),
            new OoodStatus.Row(
                1, 4712, Optional.of(Duration.ofMillis(1234)), 1, "file:///home/oood/2"),
            new OoodStatus.Row(
                2, 4713, Optional.of(Duration.ofSeconds(70)), 9, "file:///home/oood/3"),
            new OoodStatus.Row(3, 4714, Optional.of(Duration.ofMillis(500)), 9, "x"));
    assertThat(new OoodStatus(1, rows).text())
        .isEqualTo(
            """
            Instances in daemon (free/total): 1/4
            Worker\tpid\tin use\tusages\tduration\tuser-directory
            0\t4711 \t \t3\t        \tfile:///home/oood/1
            1\t4712 \tx\t1\t1.23s    \tfile:///home/oood/2
            2\t4713 \tx\t9\t70.0s    \tfile:///home/oood/3
            3\t4714 \tx\t9\t0.5s    \tx
            """);
  }
}
