package io.doos.deploy.client;

import io.doos.common.job.Ticket;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Json;
import io.doos.common.status.Status;
import io.doos.common.status.StatusJson;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Sends documents to be converted and fetches what became of them. Safe for any thread. */
public final class DocumentApi {

  private static final Duration WAIT = Duration.ofSeconds(20);

  private final JobApi api;

  public DocumentApi(JobApi api) {
    this.api = api;
  }

  /**
   * Sends a document; may be repeated.
   *
   * @param key the same for each try: they are one job
   * @param fields what is wanted, as {@code POST /v1/jobs} has it
   */
  public Ticket send(Path document, String key, Map<String, String> fields)
      throws ClientFailure, IOException, InterruptedException {
    var body = new FormBody(fields, document, document.getFileName().toString());
    var request =
        api.request("/v1/jobs")
            .header("Content-Type", body.mediaType())
            .header("Idempotency-Key", key)
            .POST(body.publisher())
            .build();
    return status(request).ticket();
  }

  /** How a job is, once it has ended or 20 s have passed. */
  public Status await(Ticket ticket) throws ClientFailure, InterruptedException {
    return status(
        api.request("/v1/jobs/" + ticket + "?wait=" + WAIT.toSeconds() + "s").GET().build());
  }

  /**
   * Writes a file that a job left to {@code target}: whole, or not at all.
   *
   * @return its size
   */
  public long fetch(Ticket ticket, String name, Path target)
      throws ClientFailure, IOException, InterruptedException {
    var part = target.resolveSibling("." + target.getFileName() + "." + ticket + ".part");
    var path =
        "/v1/jobs/"
            + ticket
            + "/output/"
            + URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    try {
      var answer = api.send(api.request(path).GET().build(), BodyHandlers.ofFile(part));
      if (answer.statusCode() != 200) {
        throw api.failure(Files.readAllBytes(part));
      }
      Files.move(part, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      return Files.size(target);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Status status(HttpRequest request) throws ClientFailure, InterruptedException {
    var answer = api.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() / 100 != 2) {
      throw api.failure(answer.body());
    }
    try {
      return StatusJson.fromFields(Json.fields(answer.body()));
    } catch (BadJsonException | IllegalArgumentException e) {
      throw api.strange(e);
    }
  }
}
