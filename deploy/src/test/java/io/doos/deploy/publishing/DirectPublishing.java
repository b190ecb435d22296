package io.doos.deploy.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.status.ErrorCode;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.Sha256;
import io.doos.deploy.farm.Until;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What is promised to those who publish jobs themselves, whatever broker stands between. */
interface DirectPublishing {

  String COPY_ALL =
      "Function Main\\n  f = Dir(\\\"<<INDIR>>*\\\")\\n  Do While f <> \\\"\\\"\\n"
          + "    FileCopy \\\"<<INDIR>>\\\" & f, \\\"<<OUTDIR>>\\\" & f\\n    f = Dir\\n  Loop\\n"
          + "  Main = \\\"copied\\\"\\nEnd Function\\n";

  String brokerUrl();

  ObjectStore store();

  private static String newTicket() {
    return "t-" + UUID.randomUUID();
  }

  private static String job(String ticket, String script, String more) {
    return """
    {"ticket": "%s", "work": {"kind": "macro", "function": "Main"},
     "files": [{"name": "main.script", "text": "%s"}%s}\
    """
        .formatted(ticket, script, more);
  }

  private Map<String, String> files(Status status) throws Exception {
    var result = Objects.requireNonNull(status.result());
    var bytes = store().read(result.object()).orElseThrow();
    assertThat((long) bytes.length).isEqualTo(result.bytes());
    var sha256 = Sha256.digest();
    sha256.update(bytes);
    assertThat(Sha256.hex(sha256)).isEqualTo(result.sha256());
    var files = new TreeMap<String, String>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
      }
    }
    return files;
  }

  @Test
  default void filesComeAsTextInBase64FromTheBucketAndInABundle() throws Exception {
    var ticket = newTicket();
    store().put("incoming/" + ticket, "from the bucket".getBytes(UTF_8));
    var zip = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("d.txt"));
      out.write("from a bundle".getBytes(UTF_8));
    }
    store().put("incoming/" + ticket + ".zip", zip.toByteArray());
    var sha256 = Sha256.digest();
    sha256.update(zip.toByteArray());
    try (var publisher = new Publisher(brokerUrl())) {
      publisher.publish(
          job(
              ticket,
              COPY_ALL,
              """
              , {"name": "a.txt", "text": "größer"}, {"name": "b.txt", "base64": "Zmlyc3Q="},
               {"name": "c.txt", "object": "incoming/%s"}],
               "bundle": {"object": "incoming/%s.zip", "sha256": "%s"}\
              """
                  .formatted(ticket, ticket, Sha256.hex(sha256))));
      var end = publisher.end();
      assertThat(end.state()).as("%s", end.error()).isEqualTo(State.DONE);
      assertThat(end.returned()).isEqualTo("copied");
      assertThat(files(end))
          .containsEntry("a.txt", "größer")
          .containsEntry("b.txt", "first")
          .containsEntry("c.txt", "from the bucket")
          .containsEntry("d.txt", "from a bundle");
      assertThat(store().read("incoming/" + ticket + ".zip")).isPresent();
    }
  }

  @Test
  default void theReplyCarriesThePublishersMarkAndTheSameStatusAsTheEvent() throws Exception {
    var ticket = newTicket();
    try (var publisher = new Publisher(brokerUrl())) {
      var news = publisher.listening("doos.events", "job.done");
      publisher.publish(job(ticket, "Sub Main\\nEnd Sub\\n", "], \"unknown\": {\"field\": [1]}"));
      var reply = publisher.reply();
      assertThat(reply.getProperties().getCorrelationId()).isEqualTo("my-own-mark");
      assertThat(reply.getProperties().getContentType()).isEqualTo("application/json");
      assertThat(PublishedSchema.STATUS.complaints(reply.getBody())).isEmpty();
      var told = Publisher.status(reply);
      assertThat(told.ticket().value()).isEqualTo(ticket);
      assertThat(told.state()).isEqualTo(State.DONE);
      var event = publisher.probe().next(news);
      while (!Publisher.status(event).ticket().equals(told.ticket())) {
        event = publisher.probe().next(news);
      }
      assertThat(event.getBody()).isEqualTo(reply.getBody());
    }
  }

  @Test
  default void aTicketPublishedAHundredTimesGivesOneResult() throws Exception {
    var ticket = newTicket();
    try (var publisher = new Publisher(brokerUrl())) {
      for (int i = 0; i < 100; i++) {
        publisher.publish(
            job(ticket, "Function Main\\n  Main = \\\"" + i + "\\\"\\nEnd Function\\n", "]"));
      }
      var last = newTicket();
      publisher.publish(job(last, "Sub Main\\nEnd Sub\\n", "]"));
      var ends = new HashSet<Status>();
      for (var isLast = false; !isLast || ends.isEmpty(); ) {
        var next = publisher.end();
        if (next.ticket().value().equals(last)) {
          isLast = true;
        } else {
          ends.add(next);
        }
      }
      // of those that a worker takes at once, any may be the one that counts
      assertThat(ends)
          .singleElement()
          .satisfies(end -> {
            assertThat(end.state()).isEqualTo(State.DONE);
            assertThat(end.returned()).matches("[0-9]{1,2}");
          });
      assertThat(store().list("output/" + ticket + "/"))
          .extracting(ObjectStore.StoredObject::key)
          .containsExactly(
              "output/" + ticket + "/claim-1.json",
              "output/" + ticket + "/result-1.zip",
              "output/" + ticket + "/status.json");
    }
  }

  @Test
  default void whatIsNoJobIsParkedOnceWithTheReasonAndItsTicketSaysFailed() throws Exception {
    var ticket = newTicket();
    var fine = job(ticket, "Sub Main\\nEnd Sub\\n", "]").getBytes(UTF_8);
    try (var publisher = new Publisher(brokerUrl())) {
      publisher.publish("default", fine, "doos.job.v9");
      assertThat(publisher.probe().nextParkedReason()).contains("doos.job.v9");
      var told = publisher.end();
      assertThat(told.state()).isEqualTo(State.FAILED);
      assertThat(Objects.requireNonNull(told.error()).code()).isEqualTo(ErrorCode.BAD_JOB);
      publisher.publish("default", "{\"ticket\": \"t".getBytes(UTF_8), "doos.job.v1");
      assertThat(publisher.probe().nextParkedReason()).contains("not JSON at line 1");
      publisher.publish("default", new byte[300 * 1024], "doos.job.v1");
      assertThat(publisher.probe().nextParkedReason()).contains("307200 bytes");
      publisher.publish("nobodys-pool", fine, "doos.job.v1");
      assertThat(publisher.probe().next("doos.dead").getEnvelope().getRoutingKey())
          .isEqualTo("nobodys-pool");
      // the farm goes on, and nothing of it comes again
      publisher.publish(job(newTicket(), "Sub Main\\nEnd Sub\\n", "]"));
      assertThat(publisher.end().state()).isEqualTo(State.DONE);
      assertThat(publisher.probe().ready("doos.dead")).isZero();
      // Qpid counts what is not acked yet
      Until.holds(() -> publisher.probe().ready("doos.jobs.default") == 0);
    }
  }
}
