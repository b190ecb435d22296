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
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Speaks to a gateway's HTTP door. Safe for use by any number of threads. */
public final class JobApi {

  private static final String UNKNOWN_TICKET = "urn:doos:unknown-ticket";

  /** Statuses of what may go through later. */
  private static final Set<Long> SOON = Set.of(429L, 503L);

  /** Java's client counts shaking hands to connecting, which takes a busy machine its time. */
  private static final int HANDSHAKE_FACTOR = 4;

  private final HttpClient http;
  private final Entrance entrance;
  private final String address;
  private final Duration patience;

  /**
   * Connects to nothing yet.
   *
   * @param connectTimeout how long to wait for a connection
   * @param patience how long to wait for an answer
   */
  public JobApi(String host, int port, Duration connectTimeout, Duration patience) {
    this(host, port, connectTimeout, patience, Entrance.OPEN);
  }

  /**
   * Connects to nothing yet.
   *
   * @param connectTimeout how long to wait for a connection
   * @param patience how long to wait for an answer
   * @param entrance how to come in
   */
  public JobApi(
      String host, int port, Duration connectTimeout, Duration patience, Entrance entrance) {
    var timeout =
        entrance.tls().isEmpty() ? connectTimeout : connectTimeout.multipliedBy(HANDSHAKE_FACTOR);
    var builder = HttpClient.newBuilder().connectTimeout(timeout);
    entrance.tls().ifPresent(builder::sslContext);
    this.http = builder.build();
    this.entrance = entrance;
    this.address = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    this.patience = patience;
  }

  /** Cancels a job unless it has ended; answers how it is then. */
  public Status cancel(Ticket ticket) throws ClientFailure, InterruptedException {
    var request = request("/v1/jobs/" + ticket + "/cancel").POST(BodyPublishers.noBody()).build();
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
    var answer = send(request("/readyz").build());
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
    return problem.text("type").equals(UNKNOWN_TICKET)
        ? new ClientFailure.UnknownTicket(ticket)
        : failure(problem);
  }

  private ClientFailure failure(Fields problem) throws BadJsonException {
    var why = "The farm at " + address + " says: " + problem.text("detail");
    return SOON.contains(problem.number("status"))
        ? new ClientFailure.Unreachable(why, null)
        : new ClientFailure.Refused(why);
  }

  /** The failure that a problem stands for. */
  ClientFailure failure(byte[] problem) {
    try {
      return failure(Json.fields(problem));
    } catch (BadJsonException e) {
      return strange(e);
    }
  }

  private HttpResponse<byte[]> send(HttpRequest request)
      throws ClientFailure.Unreachable, InterruptedException {
    return send(request, BodyHandlers.ofByteArray());
  }

  /** Sends a request and has its answer. */
  <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws ClientFailure.Unreachable, InterruptedException {
    try {
      return http.send(request, handler);
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

  /** A request to this farm. */
  HttpRequest.Builder request(String path) {
    var scheme = entrance.tls().isPresent() ? "https://" : "http://";
    var request = HttpRequest.newBuilder(URI.create(scheme + address + path)).timeout(patience);
    entrance.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request;
  }

  ClientFailure.Unreachable strange(Exception e) {
    return new ClientFailure.Unreachable(
        address + " gave an answer that no doos farm gives: " + e.getMessage(), e);
  }
}
