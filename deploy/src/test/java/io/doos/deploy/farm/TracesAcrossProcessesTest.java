package io.doos.deploy.farm;

import static io.doos.deploy.farm.JobTraces.span;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Delivery;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.life.Closer;
import io.doos.common.queue.AmqpProbe;
import io.doos.common.queue.Topology;
import io.doos.common.trace.TraceReceiver;
import io.doos.common.trace.TraceReceiver.Seen;
import io.doos.deploy.broker.PrivateRabbit;
import io.doos.deploy.client.Submission;
import io.doos.deploy.fault.Farm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway and a worker as processes of their own, which know of each other by RabbitMQ and the
 * store alone, tell of a job as one trace.
 */
class TracesAcrossProcessesTest {

  private static final String CLIENT = "b7ad6b7169203331";
  private static final List<String> BY_WORKER =
      List.of("queue", "attempt", "fetch", "run", "store");

  @TempDir static Path temp;
  private static final Closer closer = new Closer();
  private static TraceReceiver receiver;
  private static JobTraces traces;
  private static PrivateRabbit rabbit;
  private static Farm farm;

  @BeforeAll
  static void start() throws Exception {
    receiver = closer.add(new TraceReceiver());
    traces = new JobTraces(receiver);
    rabbit = closer.add(new PrivateRabbit(temp.resolve("rabbit")));
    var endpoint = "trace.endpoint=" + receiver.endpoint();
    farm = closer.add(Farm.start(temp.resolve("farm"), rabbit, 1, 1, endpoint));
  }

  @AfterAll
  static void stop() {
    closer.close();
  }

  @Test
  void aJobIsOneTraceCarriedByItsMessage() throws Exception {
    var worker = farm.workers().getFirst();
    assertThat(worker.stop()).isTrue();
    var trace = "3af7651916cd43dd8448eb211c80319c";
    var jobs = farm.http(farm.gateways().getFirst()).resolve("v1/jobs");
    new PostedMacro("apart-1", "Sub Main\\nEnd Sub")
        .send(jobs, JobTraces.traceparent(trace, CLIENT));

    var submit = traces.submitted("apart-1");
    assertThat(submit.trace()).isEqualTo(trace);
    assertThat(submit.parent()).isEqualTo(CLIENT);
    assertThat(traces.of(trace)).as("while no worker runs").containsExactly(submit);
    var message = take();
    assertThat(message.getProperties().getHeaders().get("traceparent"))
        .hasToString(JobTraces.traceparent(trace, submit.id()));
    putBack(message);
    worker.start();
    assertOneTrace(traces.whole(trace), submit);
  }

  @Test
  void aTraceThatTheGatewayBeginsGoesOnAtTheWorker() throws Exception {
    var script = Files.writeString(temp.resolve("doos.bas"), "Sub Main\nEnd Sub\n");
    var none = Optional.<Integer>empty();
    Ticket ticket =
        farm.clients()
            .getFirst()
            .submit(
                new Submission(
                    script, List.of(), "Main", Optional.empty(), none, Optional.empty()));
    var submit = traces.submitted(ticket.value());
    assertThat(submit.parent()).isEmpty();
    assertOneTrace(traces.whole(submit.trace()), submit);
  }

  /** The gateway told of its span, the worker of all others, each below the right one. */
  private static void assertOneTrace(List<Seen> spans, Seen submit) {
    assertThat(submit.service()).isEqualTo("doos-gateway");
    var byWorker = spans.stream().filter(span -> span.service().equals("doos-worker")).toList();
    assertThat(byWorker).extracting(Seen::name).containsExactlyInAnyOrderElementsOf(BY_WORKER);
    var attempt = span(byWorker, "attempt");
    assertThat(attempt.attributes())
        .containsEntry("doos.ticket", submit.attributes().get("doos.ticket"))
        .containsEntry("doos.outcome", "done");
    assertThat(List.of(span(byWorker, "queue"), attempt))
        .extracting(Seen::parent)
        .containsOnly(submit.id());
    assertThat(List.of(span(byWorker, "fetch"), span(byWorker, "run"), span(byWorker, "store")))
        .extracting(Seen::parent)
        .containsOnly(attempt.id());
  }

  private static Delivery take() throws Exception {
    try (var probe = new AmqpProbe(rabbit.url())) {
      return probe.next(Topology.queueOf(Pool.DEFAULT));
    }
  }

  private static void putBack(Delivery message) throws Exception {
    try (var probe = new AmqpProbe(rabbit.url())) {
      var queue = Topology.queueOf(Pool.DEFAULT);
      probe.publish("", queue, message.getProperties(), message.getBody());
    }
  }
}
