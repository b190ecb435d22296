package io.doos.worker.fop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.batik.util.ParsedURL;
import org.apache.batik.util.ParsedURLData;
import org.apache.batik.util.ParsedURLDefaultProtocolHandler;
import org.jspecify.annotations.Nullable;

/**
 * How Batik opens what an SVG refers to. Batik would read files and the network by itself, past
 * FOP's resolver, so every protocol that it or the JDK knows leads here, and from here to the files
 * of the document at work. Batik gives a drawing up at the first reference that leads nowhere, so
 * such a one leads to a transparent image: the rest is drawn, and all that is missing becomes known
 * at once. Installed once per process, which formats one document at a time.
 */
final class SvgProtocol extends ParsedURLDefaultProtocolHandler {

  private static final List<String> PROTOCOLS =
      List.of("file", "http", "https", "ftp", "jar", "jrt", "mailto", "job");

  private static final String OWN = "!/org/apache/batik/";

  private final AtomicReference<@Nullable JobResources> current;

  private SvgProtocol(String protocol, AtomicReference<@Nullable JobResources> current) {
    super(protocol);
    this.current = current;
  }

  /**
   * Takes all protocols over.
   *
   * @param current the files of the document at work
   */
  static void install(AtomicReference<@Nullable JobResources> current) {
    PROTOCOLS.forEach(protocol -> ParsedURL.registerHandler(new SvgProtocol(protocol, current)));
  }

  @Override
  protected ParsedURLData constructParsedURLData() {
    return new Reference();
  }

  @Override
  protected ParsedURLData constructParsedURLData(java.net.URL url) {
    var reference = new Reference();
    reference.protocol = url.getProtocol();
    // as Batik reads the name itself: what is of no host is of another place than file://
    reference.host = JobUrls.isOne(url) ? null : url.getHost();
    reference.port = url.getPort();
    reference.path = url.getFile();
    reference.ref = url.getRef();
    return reference;
  }

  /** Batik's own style sheet and the like, from our class path whatever jar is named. */
  private static @Nullable InputStream ownResource(String reference) {
    var entry = reference.indexOf(OWN);
    return reference.startsWith("jar:") && entry >= 0
        ? SvgProtocol.class.getResourceAsStream(reference.substring(entry + 1))
        : null;
  }

  private final class Reference extends ParsedURLData {

    @Override
    public boolean complete() {
      return path != null;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Batik has it
    protected InputStream openStreamInternal(String userAgent, Iterator types, Iterator encodings)
        throws IOException {
      var own = ownResource(toString());
      if (own != null) {
        hasBeenOpened = true;
        return own;
      }
      var job = current.get();
      if (job == null) {
        throw new FileNotFoundException(this + ": no document is at work");
      }
      hasBeenOpened = true;
      try {
        return job.open(toString());
      } catch (FileNotFoundException e) {
        return job.hole(String.valueOf(e.getMessage()));
      }
    }
  }
}
