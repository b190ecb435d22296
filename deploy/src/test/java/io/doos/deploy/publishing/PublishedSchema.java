package io.doos.deploy.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A JSON Schema as the repository publishes it. */
final class PublishedSchema {

  /** Maven runs the tests of a module in the module's folder. */
  static final Path DOCS = Path.of("../docs");

  static final PublishedSchema JOB = new PublishedSchema("job.v1.json");
  static final PublishedSchema STATUS = new PublishedSchema("status.v1.json");
  static final PublishedSchema WORKER = new PublishedSchema("worker.v1.json");
  static final PublishedSchema ORDER = new PublishedSchema("order.v1.json");

  private final String text;
  private final Schema schema;

  private PublishedSchema(String file) {
    try {
      text = Files.readString(DOCS.resolve("schema").resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text, InputFormat.JSON);
  }

  String text() {
    return text;
  }

  /** What the schema has against a message; nothing when it fits. */
  List<String> complaints(String json) {
    return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  /** What the schema has against a message; nothing when it fits. */
  List<String> complaints(byte[] json) {
    return complaints(new String(json, UTF_8));
  }
}
