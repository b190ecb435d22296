package io.doos.deploy.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

/**
 * A job message of one macro, under a ticket that was chosen.
 *
 * @param script as it stands within JSON, its lines ended by {@code \n}
 */
record PostedMacro(String ticket, String script) {

  String json() {
    return """
    {"ticket": "%s", "work": {"kind": "macro", "script": "main.script", "function": "Main"},
     "files": [{"name": "main.script", "text": "%s"}]}
    """
        .formatted(ticket, script);
  }

  /** Sends it to a gateway's {@code /v1/jobs}, which must take it. */
  void send(URI jobs, @Nullable String traceparent) throws Exception {
    var request =
        HttpRequest.newBuilder(jobs)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json()));
    if (traceparent != null) {
      request.header("traceparent", traceparent);
    }
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
    }
  }
}
