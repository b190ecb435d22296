package io.doos.deploy.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.crew.WorkerNewsJson;
import io.doos.common.crew.WorkerOrder;
import io.doos.common.crew.WorkerOrderJson;
import io.doos.common.job.Pool;
import io.doos.common.json.BadJsonException;
import io.doos.common.queue.Jobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schemas of what workers say and are told are those of the farm. */
class WorkerSchemaTest {

  @Test
  void newsOfAWorkerFitTheirSchema() {
    assertThat(PublishedSchema.WORKER.complaints(WorkerNewsJson.write(Jobs.news("w1")))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyOrderFitsItsSchema(WorkerOrder.What what) {
    var one = new WorkerOrder(what, new WorkerOrder.OneWorker("w1"));
    var all = new WorkerOrder(what, new WorkerOrder.AllOf(Pool.DEFAULT));
    assertThat(PublishedSchema.ORDER.complaints(WorkerOrderJson.write(one))).isEmpty();
    assertThat(PublishedSchema.ORDER.complaints(WorkerOrderJson.write(all))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'order':'PAUSE'}",
        "{'order':'PAUSE','worker':'w','pool':'p'}",
        "{'order':'JUMP','worker':'w'}",
        "{'order':'DRAIN','pool':'no pool'}",
        "{'worker':'w'}"
      })
  void whatIsNoOrderIsRefusedBySchemaAndReaderAlike(String quoted) {
    var json = quoted.replace('\'', '"');
    assertThat(PublishedSchema.ORDER.complaints(json)).isNotEmpty();
    assertThatThrownBy(() -> WorkerOrderJson.read(json.getBytes(UTF_8)))
        .isInstanceOf(BadJsonException.class);
  }
}
