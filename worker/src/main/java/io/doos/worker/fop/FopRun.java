package io.doos.worker.fop;

import io.doos.common.format.NeedsScanner;
import io.doos.common.format.SecureXml;
import io.doos.common.format.SystemId;
import io.doos.worker.fop.FormatReply.Level;
import io.doos.worker.fop.FormatReply.Log;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.apache.batik.ext.awt.image.spi.ImageTagRegistry;
import org.apache.fop.apps.FOPException;
import org.apache.fop.events.Event;
import org.apache.fop.events.EventFormatter;
import org.apache.fop.events.model.EventSeverity;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;

/** Formats documents, one at a time. */
final class FopRun {

  private static final Set<String> BROKEN_IMAGE =
      Set.of(
          "org.apache.fop.ResourceEventProducer.imageNotFound",
          "org.apache.fop.ResourceEventProducer.imageError",
          "org.apache.fop.ResourceEventProducer.imageIOError",
          "org.apache.fop.ResourceEventProducer.imageWritingError",
          "org.apache.fop.ResourceEventProducer.uriError");

  private static final int MOST_ENTRIES = 1_000;

  private final InstalledFonts fonts;
  private final Factories factories;
  private final AtomicReference<@Nullable JobResources> current;
  // made once: it makes and throws away a parser for each thing that it is told
  private final SAXParserFactory parsers = SecureXml.parsers();

  /**
   * @param current shown to Batik
   */
  FopRun(InstalledFonts fonts, AtomicReference<@Nullable JobResources> current) {
    this.fonts = fonts;
    this.factories = new Factories(fonts, current);
    this.current = current;
  }

  /**
   * Formats a document.
   *
   * @param log is told what happens meanwhile
   */
  FormatReply format(FormatRequest request, Consumer<Log> log) throws IOException {
    var entries = new Entries(log);
    SystemId base;
    try {
      base = SystemId.ofDocument(request.references().base());
    } catch (IllegalArgumentException e) {
      return new FormatReply.Bad(
          "The system identifier '" + request.references().base() + "' is no URI");
    }
    var resources = new JobResources(request, fonts, base, entries::broken);
    var options = new FopOptions(request.options(), why -> entries.add(Level.WARN, why));
    current.set(resources);
    try {
      var toFetch = toFetch(request, base, resources);
      if (!toFetch.isEmpty()) {
        return new FormatReply.Missing(toFetch);
      }
      run(request, base, resources, options, entries);
      if (!resources.missing().isEmpty()) {
        return new FormatReply.Missing(resources.missing());
      }
      return options.failsForImages() && entries.brokenImage != null
          ? new FormatReply.Bad("An image is missing or broken: " + entries.brokenImage)
          : new FormatReply.Done();
    } catch (SAXParseException e) {
      return missingOr(resources, "line " + e.getLineNumber() + ": " + e.getMessage());
    } catch (SAXException | RuntimeException e) {
      return missingOr(resources, message(e));
    } catch (StackOverflowError e) {
      return missingOr(resources, "its elements are too deep within each other");
    } finally {
      factories.used(resources);
      current.set(null);
      // it keeps images by their names, holes included, and another document may mean others
      ImageTagRegistry.getRegistry().flushCache();
      resources.close();
    }
  }

  /** Found out here, in the jail: documents are strangers'. */
  private static List<String> toFetch(FormatRequest request, SystemId base, JobResources resources)
      throws IOException {
    if (request.references().web().isEmpty()) {
      return List.of();
    }
    try (var document = resources.document()) {
      return resources.toFetch(NeedsScanner.scan(document, base));
    } catch (NeedsScanner.NoDocument e) {
      return List.of(); // Apache FOP will say so
    }
  }

  private static FormatReply missingOr(JobResources resources, String why) {
    return resources.missing().isEmpty()
        ? new FormatReply.Bad("The document cannot be formatted: " + why)
        : new FormatReply.Missing(resources.missing());
  }

  private void run(
      FormatRequest request,
      SystemId base,
      JobResources resources,
      FopOptions options,
      Entries entries)
      throws IOException, SAXException, FOPException {
    var output = Path.of(request.output());
    var agent = factories.factory(base.uri(), request.options(), options).newFOUserAgent();
    options.apply(agent);
    agent.setOutputFile(output.toFile());
    agent.getEventBroadcaster().addEventListener(event -> entries.heard(event, resources));
    try (var document = resources.document();
        var pages = new BufferedOutputStream(Files.newOutputStream(output), 64 * 1024)) {
      var fop = agent.newFop(request.to().mediaType(), pages);
      var reader = secureReader(entries);
      reader.setContentHandler(fop.getDefaultHandler());
      var source = new InputSource(document);
      source.setSystemId(base.toString());
      reader.parse(source);
    }
  }

  /** A parser that reads the document and nothing else, whatever its entities say. */
  private XMLReader secureReader(Entries entries) throws SAXException {
    try {
      var reader = parsers.newSAXParser().getXMLReader();
      reader.setEntityResolver((_, systemId) -> {
        entries.add(Level.WARN, "The external entity " + systemId + " is not read");
        return new InputSource(new java.io.StringReader(""));
      });
      reader.setErrorHandler(new StrictErrors());
      return reader;
    } catch (ParserConfigurationException e) {
      throw new SAXException("This JVM has no secure parser", e);
    }
  }

  private static String message(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null
        && (cause.getMessage() == null
            || cause.getMessage().contains(cause.getCause().getClass().getName()))) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** Well-formedness only: there is no grammar to be valid against. */
  private static final class StrictErrors extends org.xml.sax.helpers.DefaultHandler {
    @Override
    public void fatalError(SAXParseException e) throws SAXParseException {
      throw e;
    }
  }

  /** What FOP tells, as log entries; a page's are few, a hostile document's without end. */
  private static final class Entries {
    private final Consumer<Log> log;
    private int count;
    private @Nullable String brokenImage;

    private Entries(Consumer<Log> log) {
      this.log = log;
    }

    private void heard(Event event, JobResources resources) {
      var text = EventFormatter.format(event, Locale.ENGLISH);
      if (BROKEN_IMAGE.contains(event.getEventID())) {
        text += why(event, resources);
        if (brokenImage == null) {
          brokenImage = text;
        }
      }
      add(level(event.getSeverity()), text);
    }

    /** FOP says what is missing, and not why. */
    private static String why(Event event, JobResources resources) {
      return event.getParam("uri") instanceof String uri
          ? resources.whyNotFetched(uri).map(why -> " It " + why).orElse("")
          : "";
    }

    private void broken(String why) {
      if (brokenImage == null) {
        brokenImage = why;
      }
      add(Level.ERROR, "A drawing has a hole: " + why);
    }

    private void add(Level level, String text) {
      count++;
      if (count <= MOST_ENTRIES) {
        try {
          log.accept(new Log(level, text.replaceAll("\\s+", " ").strip()));
        } catch (UncheckedIOException e) {
          throw new IllegalStateException("nobody listens", e);
        }
      } else if (count == MOST_ENTRIES + 1) {
        log.accept(new Log(Level.WARN, "There is more to tell, which is left out"));
      }
    }

    private static Level level(EventSeverity severity) {
      if (severity == EventSeverity.INFO) {
        return Level.INFO;
      }
      return severity == EventSeverity.WARN ? Level.WARN : Level.ERROR;
    }
  }
}
