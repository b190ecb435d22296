package io.doos.worker.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.Work;
import io.doos.worker.office.OfficePool.Reuse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Documents of every kind that point to a file of the host and to a port on its loopback, by every
 * way that their formats have: pictures, sections, sheets, ranges, objects, films, templates, style
 * sheets, entities, DDE, WEBSERVICE. Output is made, and without what they point to.
 */
class LinkedContentTest {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** What all of the documents say themselves. */
  private static final String OWN = "Here it begins.";

  @TempDir Path folder;
  private Canary canary;
  private HostileBench bench;

  @BeforeEach
  void open() throws Exception {
    assertThat(folder.toFile().setExecutable(true, false)).isTrue(); // offices' users come through
    canary = new Canary(folder);
    bench = new HostileBench(folder, Reuse.TENANT);
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
    canary.close();
  }

  @Test
  void linksLeadNowhereInConversionsAndInMacrosThatFollowThem() throws Exception {
    var documents = documents();
    assertThat(documents.keySet()).hasSize(22);
    var convert = new Work.Convert("pdf", null, Map.of());
    var converted = bench.run("stranger", convert, documents, PATIENCE);
    assertThat(converted.status()).isEqualTo("DONE");
    assertThat(converted.files()).hasSameSizeAs(documents);
    assertThat(converted.files().values())
        .allSatisfy(pdf -> assertThat(pdf).startsWith("%PDF-"))
        .noneMatch(pdf -> pdf.contains(Canary.SECRET));
    var found = update(documents);
    assertThat(found).hasSameSizeAs(documents.keySet());
    assertThat(found).allSatisfy((name, text) -> assertThat(text).contains(opened(name)));
    assertThat(found.values()).noneMatch(text -> text.contains(Canary.SECRET));
    canary.assertUntouched();
  }

  private static String opened(String name) {
    return name.endsWith(".svg") ? "" : OWN; // it is opened as one picture
  }

  @Test
  void linksToWhatCameAlongDoLeadThere() throws Exception {
    var files = new TreeMap<String, byte[]>();
    var words =
        Map.of(
            "HTTP",
            "file:///nowhere",
            "CANARY",
            "/job/in/inside.csv",
            "PORT",
            "1",
            "FILE",
            "file:///job/in/inside.csv");
    for (var name : new String[] {"letter.fodt", "table.fods"}) {
      files.put(name, fill(Files.readString(resource("linked/" + name)), words).getBytes(UTF_8));
    }
    files.put("inside.csv", "sent along".getBytes(UTF_8));
    assertThat(update(files))
        .extractingByKeys("letter.fodt", "table.fods")
        .allSatisfy(text -> assertThat(text).contains("sent along"));
  }

  /** What a macro reads in each once it has brought all links up to date. */
  private Map<String, String> update(Map<String, byte[]> documents) throws Exception {
    var ended = run("update.bas", documents);
    assertThat(ended.status()).isEqualTo("DONE");
    var found = new TreeMap<String, String>();
    var name = "";
    for (var line : ended.files().getOrDefault("found.txt", "").lines().toList()) {
      var colon = line.indexOf(": ");
      if (colon > 0 && documents.containsKey(line.substring(0, colon))) {
        name = line.substring(0, colon);
      }
      found.merge(name, line, (one, more) -> one + "\n" + more);
    }
    return found;
  }

  private HostileBench.Ended run(String script, Map<String, byte[]> documents) throws Exception {
    var files = new TreeMap<>(documents);
    files.put("main.script", Files.readAllBytes(resource("linking/" + script)));
    files.put("Aid.bas", Files.readAllBytes(resource("beside/aid.bas")));
    return bench.run("stranger", HostileBench.MAIN, files, PATIENCE);
  }

  private Map<String, byte[]> documents() throws Exception {
    var documents = new TreeMap<String, byte[]>();
    try (var files = Files.list(resource("linked"))) {
      for (var file : files.toList()) {
        var text = fill(Files.readString(file), canary.words());
        documents.put(
            file.getFileName().toString(),
            text.startsWith("=== ") ? zip(text) : text.getBytes(UTF_8));
      }
    }
    var made = run("make.bas", documents);
    assertThat(made.status()).isEqualTo("DONE");
    made.files()
        .forEach((name, text) -> {
          if (!name.endsWith(".png") && !name.endsWith(".gif")) { // written beside the web page
            documents.put(name, text.getBytes(ISO_8859_1));
          }
        });
    return documents;
  }

  private static String fill(String text, Map<String, String> words) {
    var whole = text;
    for (var word : words.entrySet()) {
      whole = whole.replace("<<" + word.getKey() + ">>", word.getValue());
    }
    return whole;
  }

  /** A zip of parts that each begin with {@code === name}. */
  private static byte[] zip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var part : text.substring(4).split("\n=== ", -1)) {
        var end = part.indexOf('\n');
        zip.putNextEntry(new ZipEntry(part.substring(0, end)));
        zip.write(part.substring(end + 1).strip().getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static Path resource(String name) throws Exception {
    return Path.of(Objects.requireNonNull(LinkedContentTest.class.getResource(name)).toURI());
  }
}
