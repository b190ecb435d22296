package io.doos.deploy.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A farm's HTTP door, asked as Gotenberg's clients ask; its broker and store are behind it. */
final class HttpConverter implements Converter {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String BOUNDARY = "between-the-parts";

  /** Beyond its offices: what is uploaded, fetched or waits in the queue meanwhile. */
  private static final int MORE_THAN_OFFICES = 6;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI door;
  private final long farm;
  private final int offices;

  /**
   * @param port of the HTTP door on this machine
   * @param farm the process id of the farm
   */
  HttpConverter(int port, long farm, int offices) {
    this.door = URI.create("http://127.0.0.1:" + port + "/forms/libreoffice/convert");
    this.farm = farm;
    this.offices = offices;
  }

  @Override
  public String name() {
    return "farm over HTTP";
  }

  @Override
  public int atOnce() {
    return offices + MORE_THAN_OFFICES;
  }

  @Override
  public long pid() {
    return farm;
  }

  @Override
  public void convert(Path document) throws Exception {
    var request =
        HttpRequest.newBuilder(door)
            .timeout(PATIENCE)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(form(document)))
            .build();
    var answer = client.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          document + ": " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    Pdf.check(document, answer.body());
  }

  private static byte[] form(Path document) throws IOException {
    var form = new ByteArrayOutputStream();
    form.writeBytes(
        "--%s\r\nContent-Disposition: form-data; name=\"files\"; filename=\"%s\"\r\n\r\n"
            .formatted(BOUNDARY, document.getFileName())
            .getBytes(StandardCharsets.UTF_8));
    form.writeBytes(Files.readAllBytes(document));
    form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return form.toByteArray();
  }

  @Override
  public void close() {
    client.close();
  }
}
