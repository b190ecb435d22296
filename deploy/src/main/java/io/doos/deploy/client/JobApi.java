package io.doos.deploy.client;

import io.doos.common.job.Ticket;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Fields;
import io.doos.common.json.Json;
import io.doos.common.status.Status;
import io.doos.common.status.StatusJson;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Speaks to a gateway's HTTP door. Safe for use by any number of threads. */
public final class JobApi {

  private static final String UNKNOWN_TICKET = "urn:doos:unknown-ticket";

  private final HttpClient http;
  private final String address;
  private final Duration patience;

  /**
   * Connects to nothing yet.
   *
   * @param connectTimeout how long to wait for a connection
   * @param patience how long to wait for an answer
   */
  public JobApi(String host, int port, Duration connectTimeout, Duration patience) {
    this.http = HttpClient.newBuilder().connectTimeout(connectTimeout).build();
    this.address = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    this.patience = patience;
  }

  /** Cancels a job unless it has ended; answers how it is then. */
  public Status cancel(Ticket ticket) throws ClientFailure, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri("/v1/jobs/" + ticket + "/cancel"))
            .timeout(patience)
            .POST(BodyPublishers.noBody())
            .build();
    var answer = send(request);
    try {
      var fields = Json.fields(answer.body());
      if (answer.statusCode() == 200) {
        return StatusJson.fromFields(fields);
      }
      throw failure(fields, ticket);
    } catch (BadJsonException | IllegalArgumentException e) {
      throw strange(e);
    }
  }

  /**
   * Why the farm is not ready, in words; empty when it is.
   *
   * @throws ClientFailure when what answers there is no farm
   */
  public Optional<String> unreadiness() throws ClientFailure, InterruptedException {
    var answer = send(HttpRequest.newBuilder(uri("/readyz")).timeout(patience).build());
    try {
      var fields = Json.fields(answer.body());
      if (fields.flag("ready")) {
        return Optional.empty();
      }
      var reasons = new StringBuilder();
      for (var check : fields.objects("checks")) {
        if (!check.flag("ok")) {
          reasons
              .append(reasons.isEmpty() ? "" : "; ")
              .append(check.text("name"))
              .append(": ")
              .append(check.text("found"));
        }
      }
      return Optional.of(reasons.toString());
    } catch (BadJsonException e) {
      throw strange(e);
    }
  }

  private ClientFailure failure(Fields problem, Ticket ticket) throws BadJsonException {
    if (problem.text("type").equals(UNKNOWN_TICKET)) {
      return new ClientFailure.UnknownTicket(ticket);
    }
    var why = "The farm at " + address + " says: " + problem.text("detail");
    return problem.number("status") == 503
        ? new ClientFailure.Unreachable(why, null)
        : new ClientFailure.Refused(why);
  }

  private HttpResponse<byte[]> send(HttpRequest request)
      throws ClientFailure.Unreachable, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new ClientFailure.Unreachable(
          speaksOtherwise(e)
              ? "What answers at %s hangs up or does not speak HTTP: is this the port of the farm's HTTP door (http.port)?"
                  .formatted(address)
              : "No farm answers over HTTP at %s: %s.".formatted(address, reason(e)),
          e);
    }
  }

  /** The doos door answers without an end of line, and hangs up. */
  private static boolean speaksOtherwise(IOException e) {
    return Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause -> cause instanceof ProtocolException || cause instanceof EOFException);
  }

  /** A refused connection has no message in the JDK's client. */
  private static String reason(IOException e) {
    var message = e.getMessage();
    return message == null || message.isBlank() ? "it does not take connections" : message;
  }

  private URI uri(String path) {
    return URI.create("http://" + address + path);
  }

  private ClientFailure.Unreachable strange(Exception e) {
    return new ClientFailure.Unreachable(
        address + " gave an answer that no doos farm gives: " + e.getMessage(), e);
  }
}
