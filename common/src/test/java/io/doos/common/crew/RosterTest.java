package io.doos.common.crew;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.queue.Jobs;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RosterTest {

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final Roster roster = new Roster(() -> now);

  @Test
  void theNewestOfEachWorkerCounts() {
    roster.hear(Jobs.news("b"));
    roster.hear(Jobs.news("a"));
    now = now.plusSeconds(2);
    roster.hear(Jobs.news("b"));
    assertThat(roster.present())
        .containsExactly(
            new Roster.Heard(Jobs.news("a"), Duration.ofSeconds(2)),
            new Roster.Heard(Jobs.news("b"), Duration.ZERO));
  }

  @Test
  void whoIsSilentForLongIsForgotten() {
    roster.hear(Jobs.news("a"));
    now = now.plus(WorkerNews.FORGOTTEN).minusMillis(1);
    assertThat(roster.present()).hasSize(1);
    now = now.plusMillis(1);
    assertThat(roster.present()).isEmpty();
  }

  @Test
  void whoSaysThatItIsGoneIsForgottenAtOnce() {
    var news = Jobs.news("a");
    roster.hear(news);
    roster.hear(
        new WorkerNews(
            "a",
            news.pool(),
            WorkerState.STOPPED,
            now,
            now,
            news.versions(),
            null,
            news.offices(),
            news.formatters(),
            0));
    assertThat(roster.present()).isEmpty();
  }

  @Test
  void anyNumberOfNamesTakesNoMoreThanAThousandPlaces() {
    for (var i = 0; i < 1500; i++) {
      now = now.plusMillis(1);
      roster.hear(Jobs.news("w" + i));
    }
    assertThat(roster.present())
        .hasSize(1000)
        .extracting(heard -> heard.news().worker())
        .contains("w1499", "w500")
        .doesNotContain("w0", "w499");
  }
}
