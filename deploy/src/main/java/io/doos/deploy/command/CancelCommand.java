package io.doos.deploy.command;

import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.deploy.client.ClientFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doos cancel}. */
@Command(
    name = "cancel",
    description = {
      "Stop jobs that wait or run; they end cancelled, and their status stays.",
      "A job that has ended already is told with its end: that is no failure."
    })
final class CancelCommand implements Callable<Integer> {

  private final DoosCommand doos;

  @Mixin private HttpOptions farm = new HttpOptions();

  @Mixin private JobsOption jobs = new JobsOption();

  CancelCommand(DoosCommand doos) {
    this.doos = doos;
  }

  @Override
  public Integer call() throws Exception {
    var client = farm.client(doos);
    var ended = new ArrayList<Map<String, String>>();
    var unknown = new ArrayList<String>();
    try {
      for (var ticket : jobs.tickets()) {
        try {
          var status = client.cancel(ticket);
          ended.add(fields(status));
          tell(status);
        } catch (ClientFailure.UnknownTicket e) {
          unknown.add(ticket.value());
          doos.shell().err().println("doos: " + e.getMessage());
        }
      }
    } finally {
      // what was done is told, even where a later one fails
      if (jobs.isJson()) {
        doos.shell().out().println(Json.line(Map.of("jobs", ended, "unknown", unknown)));
      }
    }
    return unknown.isEmpty() ? ExitCode.OK : ExitCode.UNKNOWN_TICKET;
  }

  private static Map<String, String> fields(Status status) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("ticket", status.ticket().value());
    fields.put("state", status.state().name());
    return fields;
  }

  private void tell(Status status) {
    if (!jobs.isJson()) {
      var text =
          status.state() == State.CANCELLED
              ? "Cancelled " + status.ticket()
              : "%s had ended before: %s"
                  .formatted(status.ticket(), status.state().name().toLowerCase(Locale.ROOT));
      doos.shell().out().println(text);
    }
  }
}
