package io.doos.gateway.uno;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.uno.RemoteDoor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChoiceTest {

  private static final Instant HEARD = Instant.EPOCH;
  private static final List<UnoWorker> WORKERS =
      List.of(worker("a", 1), worker("b", 3), worker("c", 0));

  private static UnoWorker worker(String name, int free) {
    return new UnoWorker(name, new RemoteDoor(name, 2002), 3, free, HEARD);
  }

  private static List<String> names(List<UnoWorker> workers) {
    return workers.stream().map(UnoWorker::name).toList();
  }

  @Test
  void whoHasMostFreeOfficesIsAskedFirst() {
    var choice = new Choice(Map.of(), Map.of());
    assertThat(names(choice.likely(WORKERS))).containsExactly("b", "a");
    assertThat(names(choice.all(WORKERS))).containsExactly("b", "a", "c");
  }

  @Test
  void whatWasTakenSinceTheNewsCounts() {
    var later = HEARD.plusSeconds(1);
    var taken = Map.of("b", List.of(HEARD.minusSeconds(1), later, later, later));
    assertThat(names(new Choice(taken, Map.of()).likely(WORKERS))).containsExactly("a");
  }

  @Test
  void whoCouldNotBeReachedIsLeftOutUntilItSpeaksAgain() {
    assertThat(names(new Choice(Map.of(), Map.of("b", HEARD.plusSeconds(1))).all(WORKERS)))
        .containsExactly("a", "c");
    assertThat(names(new Choice(Map.of(), Map.of("b", HEARD.minusSeconds(1))).all(WORKERS)))
        .containsExactly("b", "a", "c");
  }
}
