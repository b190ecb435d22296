package io.doos.deploy.farm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.doos.common.job.Ticket;
import io.doos.common.status.Status;
import io.doos.common.status.StatusJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/**
 * Sends XSL-FO documents to a farm by doors other than CLISER, and looks at what comes of them.
 *
 * @param folder for what is in between
 */
record FormatJobs(FarmProcess farm, Path folder) {

  /** A document with its files and options. */
  record Job(
      String ticket, String document, Map<String, byte[]> files, Map<String, String> options) {

    /** As the contract has it. */
    String json() throws IOException {
      var all = new ArrayList<>(List.of(file("doc.fo", document.getBytes(UTF_8))));
      files.forEach((name, content) -> all.add(file(name, content)));
      return new ObjectMapper()
          .writeValueAsString(
              Map.of(
                  "ticket",
                  ticket,
                  "work",
                  Map.of("kind", "format", "source", "doc.fo", "options", options),
                  "files",
                  all));
    }

    private static Map<String, String> file(String name, byte[] content) {
      return Map.of("name", name, "base64", Base64.getEncoder().encodeToString(content));
    }
  }

  /** A document with these images below each other. */
  static String document(String... images) {
    var blocks =
        Arrays.stream(images)
            .map("<fo:block><fo:external-graphic src=\"%s\"/></fo:block>"::formatted)
            .collect(Collectors.joining());
    return """
    <fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format">
      <fo:layout-master-set><fo:simple-page-master master-name="p"><fo:region-body/></fo:simple-page-master></fo:layout-master-set>
      <fo:page-sequence master-reference="p"><fo:flow flow-name="xsl-region-body">%s</fo:flow></fo:page-sequence>
    </fo:root>
    """
        .formatted(blocks);
  }

  /** Through the HTTP door; waits until it is done. */
  void overHttp(Job work) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var jobs = "http://127.0.0.1:" + farm.httpPort() + "/v1/jobs";
      var begin =
          HttpRequest.newBuilder(URI.create(jobs + "?wait=60s"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(work.json()))
              .build();
      http.send(begin, HttpResponse.BodyHandlers.ofString());
      var status = HttpRequest.newBuilder(URI.create(jobs + "/" + work.ticket())).build();
      Until.holds(() ->
          http.send(status, HttpResponse.BodyHandlers.ofString()).body().contains("\"DONE\""));
    }
  }

  /** Past all doors; waits for its end. */
  Status throughTheQueue(Job work) throws Exception {
    var publisher =
        new ProcessBuilder(
                "/usr/bin/python3",
                "src/test/resources/direct_publisher.py",
                "" + farm.brokerPort,
                work.ticket(),
                "1",
                work.json())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var reply = StatusJson.read(publisher.getInputStream().readAllBytes());
    assertThat(publisher.waitFor()).isZero();
    return reply;
  }

  /** The pages in a job's result. */
  byte[] pages(String ticket) throws Exception {
    var zip = folder.resolve(ticket + ".zip");
    assertThat(farm.client().output(new Ticket(ticket), zip)).isTrue();
    try (var file = new ZipFile(zip.toFile())) {
      return file.getInputStream(file.getEntry("doc.pdf")).readAllBytes();
    }
  }
}
