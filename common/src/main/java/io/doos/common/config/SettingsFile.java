package io.doos.common.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads {@code doos.yaml}: names nested, dotted, or both, each with one plain value. Everything
 * else in it becomes a problem that names its line.
 */
final class SettingsFile {

  private final Path path;
  private final Problems problems;
  private final Map<String, Given> given = new LinkedHashMap<>();

  private SettingsFile(Path path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  /** What {@code path} says, by name; what cannot be read goes to {@code problems}. */
  static Map<String, Given> read(Path path, Problems problems) {
    var file = new SettingsFile(path, problems);
    try (var reader = Files.newBufferedReader(path);
        var parser = YAMLFactory.builder().build().createParser(reader)) {
      file.readFrom(parser);
    } catch (JacksonException e) {
      problems.add(
          "%s line %d is not YAML: %s."
              .formatted(path, e.getLocation().getLineNr(), firstLine(e.getOriginalMessage())));
    } catch (IOException e) {
      problems.add("%s cannot be read: %s.".formatted(path, e));
    }
    return file.given;
  }

  private void readFrom(YAMLParser parser) throws IOException {
    var token = parser.nextToken();
    if (token == JsonToken.START_OBJECT) {
      readObject(parser, "");
    } else if (token != null) {
      problems.add(path + " does not hold settings: expected lines such as 'tcp.port: 8568'.");
    }
  }

  private void readObject(YAMLParser parser, String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = prefix + parser.currentName();
      var line = parser.currentTokenLocation().getLineNr();
      var token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        readObject(parser, name + ".");
      } else if (token == JsonToken.START_ARRAY) {
        parser.skipChildren();
        problems.add("%s (%s line %d) is a list: expected one value.".formatted(name, path, line));
      } else {
        put(
            name,
            new Given(
                token == JsonToken.VALUE_NULL ? "" : parser.getText(),
                new Origin.File(path, line)));
      }
    }
  }

  private void put(String name, Given value) {
    var earlier = given.put(name, value);
    if (earlier != null) {
      problems.add(
          "%s is given twice: %s and %s.".formatted(name, earlier.origin(), value.origin()));
    }
  }

  private static String firstLine(String text) {
    return new ArrayList<>(text.lines().toList()).getFirst().replaceAll("[.\\s]+$", "");
  }
}
