package io.doos.worker.oood;

import io.doos.common.uno.BadUnoAddress;
import io.doos.common.uno.UnoAddress;
import io.doos.worker.oood.OoodConfig.Level;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the XML of the old oood: its elements wherever they are, the first attribute of the two
 * acceptors whatever it is called, as the old one did. No document type is read, and so no entity.
 * What is left out has the old values: 180 s, 10 uses, 3 more or less, level info.
 */
public final class OoodConfigReader {

  private static final long LARGEST_BYTES = 1 << 20;
  private static final int MOST_SECONDS = 3600;
  private static final int MOST_USES = 1_000_000;

  private final Path file;
  private final List<String> problems = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private final List<String> userInstallations = new ArrayList<>();
  private @Nullable UnoAddress acceptor;
  private @Nullable UnoAddress adminAcceptor;
  private @Nullable String officeHome;
  private int startupSeconds = 180;
  private int maxUses = 10;
  private int randomUses = 3;
  private Level level = Level.INFO;

  private OoodConfigReader(Path file) {
    this.file = file;
  }

  /**
   * Reads {@code file}.
   *
   * @throws BadOoodConfig with all that is wrong in it
   * @throws IOException when it cannot be read
   */
  public static OoodConfig read(Path file) throws IOException {
    if (Files.size(file) > LARGEST_BYTES) {
      throw new BadOoodConfig(file, List.of("It is larger than 1 MiB."));
    }
    try (var in = Files.newInputStream(file)) {
      return new OoodConfigReader(file).read(in);
    }
  }

  private OoodConfig read(InputStream in) throws BadOoodConfig {
    try {
      var xml = safe().createXMLStreamReader(in);
      var depth = 0;
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamReader.START_ELEMENT -> {
            if (depth++ > 0) { // whatever the root is called
              take(xml);
            }
          }
          case XMLStreamReader.END_ELEMENT -> depth--;
          case XMLStreamReader.ENTITY_REFERENCE -> wrong(xml, "entities are not read");
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      var line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      problems.add("Line " + line + " is not XML as expected: " + oneLine(e) + ".");
    }
    return result();
  }

  private static XMLInputFactory safe() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    return factory;
  }

  private static String oneLine(XMLStreamException e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }

  private void take(XMLStreamReader xml) {
    switch (xml.getLocalName()) {
      case "acceptor" -> acceptor = address(xml);
      case "admin-acceptor" -> adminAcceptor = address(xml);
      case "user-installation" -> text(xml, "url").ifPresent(userInstallations::add);
      case "open-office-install-path" -> officeHome = text(xml, "path").orElse(null);
      case "tolerated-startuptime-per-instance" ->
          startupSeconds = number(xml, "value", 1, MOST_SECONDS, startupSeconds);
      case "usage-count-per-instance" -> {
        maxUses = number(xml, "max", 1, MOST_USES, maxUses);
        randomUses = number(xml, "random", 0, MOST_USES, randomUses);
      }
      case "logging", "logger" -> level = level(xml);
      default ->
          ignored.add(
              "<" + xml.getLocalName() + "> (line " + line(xml) + ") means nothing to doos");
    }
  }

  private @Nullable UnoAddress address(XMLStreamReader xml) {
    if (xml.getAttributeCount() == 0) {
      wrong(xml, "has no attribute with a connection string");
      return null;
    }
    try {
      return UnoAddress.parse(xml.getAttributeValue(0));
    } catch (BadUnoAddress e) {
      wrong(xml, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private Level level(XMLStreamReader xml) {
    var word = text(xml, "level").orElse("").toUpperCase(Locale.ROOT);
    for (var one : Level.values()) {
      if (one.name().equals(word)) {
        return one;
      }
    }
    wrong(xml, "has a level that is none of serious, info and detail");
    return level;
  }

  private int number(XMLStreamReader xml, String attribute, int min, int max, int otherwise) {
    var text = text(xml, attribute).orElse("").strip();
    if (text.matches("\\d{1,7}")) {
      var number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    }
    wrong(
        xml, "'%s' is '%s', expected a number from %d to %d".formatted(attribute, text, min, max));
    return otherwise;
  }

  private Optional<String> text(XMLStreamReader xml, String attribute) {
    var text = xml.getAttributeValue(null, attribute);
    if (text == null) {
      wrong(xml, "has no attribute '" + attribute + "'");
    }
    return Optional.ofNullable(text);
  }

  private void wrong(XMLStreamReader xml, String problem) {
    var element = xml.isStartElement() ? "<" + xml.getLocalName() + ">: " : "";
    problems.add("Line " + line(xml) + ": " + element + problem + ".");
  }

  private static int line(XMLStreamReader xml) {
    return xml.getLocation().getLineNumber();
  }

  private OoodConfig result() throws BadOoodConfig {
    var clients = acceptor;
    var admins = adminAcceptor;
    if (problems.isEmpty() && clients == null) {
      problems.add("It has no <acceptor>.");
    }
    if (problems.isEmpty() && admins == null) {
      problems.add("It has no <admin-acceptor>.");
    }
    if (problems.isEmpty() && userInstallations.isEmpty()) {
      problems.add("It has no <user-installation>, which is one for each office.");
    }
    if (!problems.isEmpty() || clients == null || admins == null) {
      throw new BadOoodConfig(file, problems);
    }
    return new OoodConfig(
        clients,
        admins,
        userInstallations,
        Optional.ofNullable(officeHome),
        Duration.ofSeconds(startupSeconds),
        maxUses,
        randomUses,
        level,
        ignored);
  }
}
