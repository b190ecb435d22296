package io.doos.deploy.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * A form with fields and one file, streamed from where it lies.
 *
 * @param fields by name
 * @param fileName what the file is called over there
 */
record FormBody(Map<String, String> fields, Path file, String fileName, String boundary) {

  FormBody(Map<String, String> fields, Path file, String fileName) {
    this(fields, file, fileName, "doos-" + UUID.randomUUID());
  }

  String mediaType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  BodyPublisher publisher() throws FileNotFoundException {
    var head = new StringBuilder();
    fields.forEach((name, value) -> head.append(part(name, "")).append(value).append("\r\n"));
    head.append(part("files", "; filename=\"" + quoted(fileName) + '"'));
    return BodyPublishers.concat(
        BodyPublishers.ofByteArray(head.toString().getBytes(UTF_8)),
        BodyPublishers.ofFile(file),
        BodyPublishers.ofByteArray(("\r\n--" + boundary + "--\r\n").getBytes(UTF_8)));
  }

  private String part(String name, String more) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n"
        .formatted(boundary, name, more);
  }

  private static String quoted(String name) {
    return name.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
