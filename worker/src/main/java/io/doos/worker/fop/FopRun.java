package io.doos.worker.fop;

import io.doos.common.format.NeedsScanner;
import io.doos.common.format.SecureXml;
import io.doos.common.format.SystemId;
import io.doos.worker.fop.FormatReply.Level;
import io.doos.worker.fop.FormatReply.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.apache.fop.apps.FOPException;
import org.apache.fop.apps.FopFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;

/** Formats documents, one at a time. */
final class FopRun {

  private static final String UNFIT = "The document cannot be formatted: ";

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
    var entries = new LogEntries(log);
    SystemId base;
    try {
      base = SystemId.ofDocument(request.references().base());
    } catch (IllegalArgumentException e) {
      return new FormatReply.Bad(
          "The system identifier '" + request.references().base() + "' is no URI");
    }
    var resources = new JobResources(request, fonts, base, entries::broken);
    var options = new FopOptions(request.options(), why -> entries.add(Level.WARN, why));
    var document = new Document(request, base, resources, options, entries);
    current.set(resources);
    try {
      var toFetch = toFetch(document);
      return toFetch.isEmpty() ? formatted(document) : new FormatReply.Missing(toFetch);
    } finally {
      current.set(null);
      resources.close();
    }
  }

  /** The document at work. */
  private record Document(
      FormatRequest request,
      SystemId base,
      JobResources resources,
      FopOptions options,
      LogEntries entries) {

    /** Whether the next that asks for the same would not be told of what is wrong. */
    boolean isLacking() {
      return resources.failed() || entries.brokenImage().isPresent();
    }

    /** What it lacks that it may not lack. */
    Optional<String> lacks() {
      return entries
          .brokenImage()
          .filter(_ -> options.failsForImages())
          .map(image -> "An image is missing or broken: " + image);
    }
  }

  /** Found out here, in the jail: documents are strangers'. */
  private static List<String> toFetch(Document document) throws IOException {
    if (document.request.references().web().isEmpty()) {
      return List.of();
    }
    try (var content = document.resources.document()) {
      return document.resources.toFetch(NeedsScanner.scan(content, document.base));
    } catch (NeedsScanner.NoDocument e) {
      return List.of(); // Apache FOP will say so
    }
  }

  private FormatReply formatted(Document document) throws IOException {
    var request = document.request;
    var base = document.base.folder(); // its own name means nothing to names in it
    var companions = Companions.of(request, base);
    var factory = factories.factory(base, request.options(), document.options, companions);
    var pages =
        new PagesStream(
            Path.of(request.output()), request.to().isFilePerPage() ? 0 : FormatRequest.MOST_BYTES);
    var failure = failure(() -> run(document, factory, pages));
    if (failure.isPresent() || document.isLacking()) {
      factories.spoilt();
    } else if (document.resources.wereAskedFor()) {
      factories.used(companions);
    }
    if (!document.resources.missing().isEmpty()) {
      return new FormatReply.Missing(document.resources.missing());
    }
    var why = failure.or(document::lacks);
    if (why.isPresent()) {
      pages.useFile(); // a job that fails keeps what it had written
      pages.close();
      return new FormatReply.Bad(why.get());
    }
    return pages
        .inMemory()
        .<FormatReply>map(FormatReply.Pages::new)
        .orElseGet(FormatReply.Done::new);
  }

  private interface Formatting {
    void run() throws IOException, SAXException, FOPException;
  }

  /** Why it failed, if it did, which is the document's fault. */
  private static Optional<String> failure(Formatting formatting) throws IOException {
    try {
      formatting.run();
      return Optional.empty();
    } catch (SAXParseException e) {
      return Optional.of(UNFIT + "line " + e.getLineNumber() + ": " + e.getMessage());
    } catch (SAXException | RuntimeException e) {
      return Optional.of(UNFIT + message(e));
    } catch (StackOverflowError e) {
      return Optional.of(UNFIT + "its elements are too deep within each other");
    }
  }

  private void run(Document document, FopFactory factory, PagesStream pages)
      throws IOException, SAXException, FOPException {
    var agent = factory.newFOUserAgent();
    document.options.apply(agent);
    agent.setOutputFile(Path.of(document.request.output()).toFile());
    agent
        .getEventBroadcaster()
        .addEventListener(event -> document.entries.heard(event, document.resources));
    try (var content = document.resources.document();
        pages) {
      var fop = agent.newFop(document.request.to().mediaType(), pages);
      var reader = secureReader(document.entries);
      reader.setContentHandler(fop.getDefaultHandler());
      var source = new InputSource(content);
      source.setSystemId(document.base.toString());
      reader.parse(source);
    }
  }

  /** A parser that reads the document and nothing else, whatever its entities say. */
  private XMLReader secureReader(LogEntries entries) throws SAXException {
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
}
