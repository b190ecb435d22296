package io.doos.deploy.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.trace.TraceReceiver;
import io.doos.common.trace.TraceReceiver.Seen;
import java.util.List;
import java.util.Optional;

/** The traces of jobs, as a receiver has got them. */
record JobTraces(TraceReceiver receiver) {

  /** The spans of a job that came by a door and was done at its first attempt. */
  static final List<String> WHOLE = List.of("submit", "queue", "attempt", "fetch", "run", "store");

  /** What a client says that has a span of its own above. */
  static String traceparent(String trace, String span) {
    return "00-" + trace + "-" + span + "-01";
  }

  /** The spans of a trace that came so far. */
  List<Seen> of(String trace) {
    return receiver.spans().stream().filter(span -> span.trace().equals(trace)).toList();
  }

  /** A whole trace, once it is there. */
  List<Seen> whole(String trace) throws Exception {
    Until.holds(() -> of(trace).size() >= WHOLE.size());
    assertThat(of(trace)).extracting(Seen::name).containsExactlyInAnyOrderElementsOf(WHOLE);
    return of(trace);
  }

  /** The span of a job's submission, once it is there. */
  Seen submitted(String ticket) throws Exception {
    Until.holds(() -> submission(ticket).isPresent());
    return submission(ticket).orElseThrow();
  }

  private Optional<Seen> submission(String ticket) {
    return receiver.spans().stream()
        .filter(span -> span.name().equals("submit"))
        .filter(span -> ticket.equals(span.attributes().get("doos.ticket")))
        .findFirst();
  }

  static Seen span(List<Seen> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }
}
