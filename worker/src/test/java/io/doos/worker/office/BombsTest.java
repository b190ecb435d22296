package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.star.lang.DisposedException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Macros that take all they can get, in offices with little of it, beside another office. */
class BombsTest {

  private static final int PROCESSES = 100;

  @TempDir Path folder;

  private OfficeSettings small() {
    assertThat(folder.toFile().setExecutable(true, false)).isTrue(); // another user comes through
    var base = OfficeSettings.standard(folder);
    return new OfficeSettings(
        base.folder(),
        base.program(),
        base.jail(),
        OfficeSettings.FIRST_UID + 310, // processes are counted by user
        new Caps(4L << 30, 1L << 30, PROCESSES, 1024, Optional.empty(), 1L << 30, Optional.of(1.0)),
        base.locale(),
        base.timezone(),
        base.templates(),
        base.fonts(),
        base.startTimeout());
  }

  @Test
  void memoryThatIsTakenAndUsedEndsTheOfficeAndNoOther() throws Exception {
    try (var offices = Offices.open(small());
        var greedy = offices.start(0, 1);
        var other = offices.start(1, 1)) {
      var told = offices.jail().layers().stream().anyMatch(BombsTest::holdsMemory);
      assertThatThrownBy(() ->
              Basic.run(
                  greedy,
                  """
                  Sub Main
                    s = "x"
                    For i = 1 To 30
                      s = s & s
                    Next
                  End Sub
                  """))
          // without control groups it is its address space that ends
          .isInstanceOf(told ? DisposedException.class : com.sun.star.uno.RuntimeException.class);
      assertThat(greedy.death()).isEqualTo(told ? Office.Death.OUT_OF_MEMORY : Office.Death.NONE);
      assertThat(other.answers()).isTrue();
      assertThat(Basic.shell(other, "echo well")).isEqualTo("well\n");
    }
  }

  @Test
  void aForkBombComesToItsEndAndCostsNoOtherOffice() throws Exception {
    try (var offices = Offices.open(small());
        var greedy = offices.start(0, 1);
        var other = offices.start(1, 1)) {
      // What sleeps stays, where shells that cannot fork give up and make room. It goes off once
      // our
      // call is over, which would need a thread that the office cannot have any more.
      Basic.background(greedy, "bomb() { sleep 300 & bomb | bomb & }; sleep 1; bomb 2> /dev/null");
      assertThat(Basic.becomesTrue(() -> ProcessTree.below(greedy.pid()).pids().size() > 30))
          .isTrue();
      assertThat(Basic.shell(other, "echo $(for i in 1 2 3; do (echo $i); done)"))
          .isEqualTo("1 2 3\n");
      assertThat(ProcessTree.below(greedy.pid()).pids()).hasSizeLessThanOrEqualTo(PROCESSES);
      var pids = ProcessTree.below(greedy.pid()).pids();
      greedy.kill(Office.Death.DEADLINE);
      assertThat(ProcessTree.below(greedy.pid()).pids().stream().skip(1)).isEmpty();
      assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
      assertThat(other.answers()).isTrue();
    }
  }

  private static boolean holdsMemory(Layer layer) {
    return layer instanceof Layer.Holds(var kind, _) && kind == Layer.Kind.MEMORY;
  }
}
