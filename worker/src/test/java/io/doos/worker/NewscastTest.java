package io.doos.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.crew.WorkerNews;
import io.doos.common.crew.WorkerState;
import io.doos.common.job.Pool;
import io.doos.common.queue.FakeBroker;
import io.doos.common.queue.Inbox;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class NewscastTest {

  private volatile Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final InstantSource clock = () -> now;
  private final FakeBroker broker = new FakeBroker(clock, Pool.DEFAULT);
  private final Portrait portrait = new Portrait("w1", Pool.DEFAULT, clock);
  private final Inbox<WorkerNews> heard = new Inbox<>();

  @Test
  void aWorkerTellsOfItsBeginningsAndItsEnd() throws Exception {
    broker.workers().hear(heard);
    try (var cast = new Newscast(broker.workers(), portrait::now)) {
      cast.start();
      assertThat(heard.next().state()).isEqualTo(WorkerState.STARTING);
      now = now.plusSeconds(1);
      portrait.ends(WorkerState.STOPPING);
      cast.hasChanged();
      var stopping = heard.next();
      assertThat(stopping.state()).isEqualTo(WorkerState.STOPPING);
      assertThat(stopping.since()).isEqualTo(now);
      portrait.ends(WorkerState.STOPPED);
    }
    assertThat(heard.next().state()).isEqualTo(WorkerState.STOPPED);
    assertThat(heard.size()).isZero();
  }

  @Test
  void whatHasNotChangedIsRepeatedOnlyInItsTime() throws Exception {
    broker.workers().hear(heard);
    try (var cast = new Newscast(broker.workers(), portrait::now)) {
      cast.start();
      var first = heard.next();
      cast.hasChanged(); // which is not so
      now = now.plus(WorkerNews.INTERVAL);
      cast.hasChanged();
      var second = heard.next();
      assertThat(second.saysTheSameAs(first)).isTrue();
      assertThat(second.at()).isEqualTo(now);
    }
  }

  @Test
  void whoWasNeverStartedSaysNothing() throws Exception {
    broker.workers().hear(heard);
    new Newscast(broker.workers(), portrait::now).close();
    assertThat(heard.size()).isZero();
  }
}
