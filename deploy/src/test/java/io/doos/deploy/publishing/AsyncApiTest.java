package io.doos.deploy.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.doos.common.crew.WorkerNewsJson;
import io.doos.common.crew.WorkerOrderJson;
import io.doos.common.crew.WorkerState;
import io.doos.common.job.JobJson;
import io.doos.common.job.Pool;
import io.doos.common.queue.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document holds together and names what the farm declares. */
class AsyncApiTest {

  private static JsonNode document;

  @BeforeAll
  static void read() throws IOException {
    document = new YAMLMapper().readTree(PublishedSchema.DOCS.resolve("asyncapi.yaml").toFile());
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    var references = references(document).toList();
    assertThat(references).hasSizeGreaterThan(20);
    assertThat(references)
        .allSatisfy(reference -> {
          if (reference.startsWith("#")) {
            assertThat(document.at(reference.substring(1)).isMissingNode()).isFalse();
          } else {
            assertThat(Files.exists(PublishedSchema.DOCS.resolve(reference))).isTrue();
          }
        });
  }

  private static Stream<String> references(JsonNode node) {
    var own = node.isObject() && node.has("$ref") ? Stream.of(node.get("$ref").asText()) : null;
    return own != null ? own : node.valueStream().flatMap(AsyncApiTest::references);
  }

  @Test
  void exchangesAndQueuesAreThoseOfTheTopology() {
    assertThat(document.get("asyncapi").asText()).isEqualTo("3.0.0");
    assertExchange("jobs", Topology.JOBS, "direct");
    assertExchange("events", Topology.EVENTS, "topic");
    assertExchange("workers", Topology.EVENTS, "topic");
    assertExchange("control", Topology.CONTROL, "fanout");
    assertThat(
            document
                .at("/channels/workers/parameters/event/enum")
                .valueStream()
                .map(JsonNode::asText))
        .containsExactly(
            Arrays.stream(WorkerState.values())
                .map(state -> state.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new));
    assertThat(document.at("/components/messages/worker/name").asText())
        .isEqualTo(WorkerNewsJson.TYPE);
    assertThat(document.at("/components/messages/order/name").asText())
        .isEqualTo(WorkerOrderJson.TYPE);
    assertThat(document.at("/channels/dead/bindings/amqp/queue/name").asText())
        .isEqualTo(Topology.DEAD);
    var queue = document.at("/channels/poolQueue/address").asText();
    assertThat(queue.replace("{pool}", "default")).isEqualTo(Topology.queueOf(Pool.DEFAULT));
    assertThat(document.at("/components/messages/job/name").asText()).isEqualTo(JobJson.TYPE);
    assertThat(
            document
                .at("/components/messages/parked/headers/properties")
                .propertyStream()
                .map(property -> property.getKey()))
        .containsExactly(Topology.REASON_HEADER);
    assertThat(
            document
                .at("/components/messages/job/headers/properties")
                .has(Topology.RECOVERED_HEADER))
        .isTrue();
  }

  private static void assertExchange(String channel, String name, String type) {
    var exchange = document.at("/channels/" + channel + "/bindings/amqp/exchange");
    assertThat(exchange.get("name").asText()).isEqualTo(name);
    assertThat(exchange.get("type").asText()).isEqualTo(type);
  }
}
