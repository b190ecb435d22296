package io.doos.deploy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.config.Settings;
import io.doos.deploy.FreePort;
import io.doos.deploy.standalone.Standalone;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.jodconverter.core.office.OfficeException;
import org.jodconverter.remote.RemoteConverter;
import org.jodconverter.remote.office.RemoteOfficeManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standalone farm with one office, asked by the clients that people have. */
class ConversionsOverHttpTest {

  private static final Pattern EXAMPLE = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final String LETTER = "<html><body><p>Grüße vom Schreibtisch</p></body></html>";

  @TempDir private static Path temp;
  private static Standalone farm;
  private static Path documents;
  private Path folder;

  @BeforeAll
  static void start() throws Exception {
    var settings =
        Map.of(
            "data.dir",
            temp.resolve("data").toString(),
            "tcp.port",
            "0",
            "http.port",
            "0",
            "embedded.broker-port",
            "" + FreePort.next(),
            "embedded.store-port",
            "" + FreePort.next(),
            "office.count",
            "1");
    farm =
        new Standalone(
            Settings.load(Optional.empty(), Map.of(), settings), InstantSource.system(), () -> {});
    farm.start();
    documents = Files.createDirectories(temp.resolve("documents"));
    Files.writeString(documents.resolve("letter.html"), LETTER);
    Files.writeString(documents.resolve("data.csv"), "größe;1\n");
    Files.writeString(documents.resolve("bad.odt"), "not at all a document");
    Files.writeString(
        documents.resolve("report.bas"),
        "Sub Main\n FileCopy \"<<INDIR>>data.csv\", \"<<OUTDIR>>copy.csv\"\nEnd Sub\n");
    curl(documents, "/cool/convert-to/docx", "-F", "data=@letter.html", "-o", "letter.docx");
  }

  @AfterAll
  static void stop() {
    farm.close();
  }

  @BeforeEach
  void copyDocuments() throws IOException {
    folder = Files.createTempDirectory(temp, "client");
    try (var all = Files.list(documents)) {
      for (var file : all.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
  }

  @Test
  void jodConverterConvertsWithItsRemoteManager() throws Exception {
    var manager = RemoteOfficeManager.builder().urlConnection(url("")).build();
    manager.start();
    try {
      var converter = RemoteConverter.make(manager);
      var pdf = folder.resolve("letter.pdf");
      converter.convert(folder.resolve("letter.docx").toFile()).to(pdf.toFile()).execute();
      assertThat(begin(pdf)).isEqualTo("%PDF-");
      var odt = folder.resolve("letter.odt");
      converter.convert(folder.resolve("letter.docx").toFile()).to(odt.toFile()).execute();
      assertThat(begin(odt)).startsWith("PK");
      assertThatThrownBy(() ->
              converter
                  .convert(folder.resolve("bad.odt").toFile())
                  .to(folder.resolve("bad.pdf").toFile())
                  .execute())
          .isInstanceOf(OfficeException.class);
    } finally {
      manager.stop();
    }
  }

  @Test
  void gotenbergsRouteConvertsWithItsFieldsAndHeaders() throws Exception {
    var head =
        curl(
            folder,
            "/forms/libreoffice/convert",
            "-F",
            "files=@letter.docx",
            "-F",
            "pdfa=PDF/A-2b",
            "-F",
            "exportBookmarks=false",
            "-F",
            "landscape=true",
            "-F",
            "somethingNew=1",
            "-H",
            "Gotenberg-Output-Filename: invoice",
            "-H",
            "Gotenberg-Trace: trace-17",
            "-D",
            "-",
            "-o",
            "x.pdf");
    assertThat(head)
        .contains("filename=\"invoice.pdf\"", "trace-17", "application/pdf", "X-Doos-Ticket: ");
    assertThat(Files.readString(folder.resolve("x.pdf"), ISO_8859_1)).contains("pdfaid:part>2<");
    curl(
        folder,
        "/forms/libreoffice/convert",
        "-F",
        "files=@letter.docx",
        "-F",
        "files=@data.csv",
        "-o",
        "both.zip");
    try (var zip = new ZipFile(folder.resolve("both.zip").toFile())) {
      assertThat(zip.stream().map(entry -> entry.getName()))
          .containsExactlyInAnyOrder("letter.pdf", "data.pdf");
    }
  }

  @Test
  void whatCannotBeConvertedIsTheClientsFault() throws Exception {
    var bad =
        curlAnyway(
            folder, "/forms/libreoffice/convert", "-F", "files=@bad.odt", "-w", "%{http_code}");
    assertThat(bad).contains("BAD_DOCUMENT", "urn:doos:job-failed").endsWith("400");
    var merged =
        curlAnyway(
            folder,
            "/forms/libreoffice/convert",
            "-F",
            "files=@letter.docx",
            "-F",
            "merge=true",
            "-w",
            "%{http_code}");
    assertThat(merged).contains("'merge' is not supported").endsWith("400");
    var none = curlAnyway(folder, "/cool/convert-to/pdf", "-F", "format=pdf", "-w", "%{http_code}");
    assertThat(none).contains("There has to be one file").endsWith("400");
    var wrong =
        curlAnyway(
            folder, "/cool/convert-to/xlsx", "-F", "data=@letter.docx", "-w", "%{http_code}");
    assertThat(wrong).contains("BAD_JOB", "cannot be written as").endsWith("400");
  }

  @Test
  void theExamplesOfThePageWork() throws Exception {
    var page = Files.readString(Path.of("../docs/http.md"));
    var examples = EXAMPLE.matcher(page).results().map(found -> found.group(1)).toList();
    assertThat(examples).hasSizeGreaterThan(6);
    for (var example : examples) {
      assertThat(run(folder, List.of("sh", "-ec", example), true)).isNotNull();
    }
    assertThat(begin(folder.resolve("invoice.pdf"))).isEqualTo("%PDF-");
    assertThat(begin(folder.resolve("letter.pdf"))).isEqualTo("%PDF-");
    assertThat(begin(folder.resolve("letter.odt"))).startsWith("PK");
  }

  @Test
  void whatTheServerAnswersIsAsTheDocumentHasIt() throws Exception {
    var document = new OpenApiSchemas(fetch("/openapi.json"));
    var done = fetch("/v1/jobs/" + converted() + "?wait=60s");
    assertThat(document.complaints("Status", done)).as(done).isEmpty();
    var health = fetch("/readyz");
    assertThat(document.complaints("Health", health)).as(health).isEmpty();
    for (var wrong : List.of("/v1/jobs/none", "/v1/jobs/none/output", "/v1/jobs/x?wait=soon")) {
      assertThat(document.complaints("Problem", fetch(wrong))).as(wrong).isEmpty();
    }
    var failed = curlAnyway(folder, "/v1/jobs?wait=60s", "-F", "to=pdf", "-F", "files=@bad.odt");
    assertThat(failed).contains("FAILED");
    assertThat(document.complaints("Status", failed)).as(failed).isEmpty();
  }

  private String converted() throws Exception {
    var answer = curl(folder, "/v1/jobs?wait=60s", "-F", "to=pdf", "-F", "files=@letter.docx");
    var ticket = Pattern.compile("\"ticket\":\"([^\"]+)\"").matcher(answer);
    assertThat(ticket.find()).as(answer).isTrue();
    return ticket.group(1);
  }

  private static String begin(Path file) throws IOException {
    return new String(Files.readAllBytes(file), 0, 5, ISO_8859_1);
  }

  private static String fetch(String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url(path))).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static String url(String path) {
    return "http://127.0.0.1:" + farm.httpPort() + path;
  }

  private static String curl(Path folder, String path, String... more) throws Exception {
    return curl(true, folder, path, more);
  }

  private static String curlAnyway(Path folder, String path, String... more) throws Exception {
    return curl(false, folder, path, more);
  }

  private static String curl(boolean mustWork, Path folder, String path, String... more)
      throws Exception {
    var command = new ArrayList<>(List.of("curl", mustWork ? "-fsS" : "-sS", url(path)));
    command.addAll(List.of(more));
    return run(folder, command, true);
  }

  private static String run(Path folder, List<String> command, boolean mustWork) throws Exception {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("FARM", url(""));
    var process = builder.start();
    var output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    var exit = process.waitFor();
    assertThat(exit).as(command + "\n" + output).isEqualTo(mustWork ? 0 : exit);
    return output;
  }
}
