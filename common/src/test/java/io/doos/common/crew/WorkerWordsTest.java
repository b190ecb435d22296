package io.doos.common.crew;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.crew.WorkerOrder.What;
import io.doos.common.job.Pool;
import io.doos.common.json.BadJsonException;
import io.doos.common.queue.Jobs;
import org.junit.jupiter.api.Test;

/** What workers say and are told survives its JSON, and nonsense is named. */
class WorkerWordsTest {

  @Test
  void newsComeBackAsTheyWere() throws Exception {
    var news = Jobs.news("w1");
    assertThat(WorkerNewsJson.read(WorkerNewsJson.write(news))).isEqualTo(news);
    assertThat(news.staged()).isEqualTo(1); // of three, one is in an office and one in a formatter
    assertThat(news.saysTheSameAs(Jobs.news("w1"))).isTrue();
    assertThat(news.saysTheSameAs(Jobs.news("w2"))).isFalse();
  }

  @Test
  void badNewsNameTheField() {
    assertThatThrownBy(() -> news("\"state\":\"READY\"", "\"state\":\"ASLEEP\""))
        .isInstanceOf(BadJsonException.class)
        .hasMessageContaining("'state' is 'ASLEEP', expected one of [STARTING, READY");
    assertThatThrownBy(() -> news("\"generation\":3", "\"generation\":0"))
        .isInstanceOf(BadJsonException.class);
    assertThatThrownBy(() -> news("\"slot\":0", "\"slot\":99999999999"))
        .isInstanceOf(BadJsonException.class);
  }

  private static WorkerNews news(String right, String wrong) throws BadJsonException {
    var json = new String(WorkerNewsJson.write(Jobs.news("w1")), UTF_8);
    assertThat(json).contains(right);
    return WorkerNewsJson.read(json.replace(right, wrong).getBytes(UTF_8));
  }

  @Test
  void anOrderIsForOneWorkerOrForAPool() throws Exception {
    var one = new WorkerOrder(What.DRAIN, new WorkerOrder.OneWorker("w1"));
    var all = new WorkerOrder(What.RESUME, new WorkerOrder.AllOf(new Pool("big")));
    assertThat(WorkerOrderJson.read(WorkerOrderJson.write(one))).isEqualTo(one);
    assertThat(WorkerOrderJson.read(WorkerOrderJson.write(all))).isEqualTo(all);
    assertThat(one.isFor("w1", Pool.DEFAULT)).isTrue();
    assertThat(one.isFor("w2", Pool.DEFAULT)).isFalse();
    assertThat(all.isFor("w1", new Pool("big"))).isTrue();
    assertThat(all.isFor("w1", Pool.DEFAULT)).isFalse();
  }

  @Test
  void anOrderForNobodyOrOfNoKindIsRefused() {
    for (var json :
        new String[] {
          "{\"order\":\"PAUSE\"}",
          "{\"order\":\"PAUSE\",\"worker\":\"w\",\"pool\":\"p\"}",
          "{\"order\":\"JUMP\",\"worker\":\"w\"}",
          "{\"order\":\"PAUSE\",\"pool\":\"no pool\"}",
          "{\"worker\":\"w\"}"
        }) {
      assertThatThrownBy(() -> WorkerOrderJson.read(json.getBytes(UTF_8)))
          .isInstanceOf(BadJsonException.class);
    }
  }
}
