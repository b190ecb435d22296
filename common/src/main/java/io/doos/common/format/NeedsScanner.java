package io.doos.common.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Finds out what a document refers to, without reading any of it: images, backgrounds, colour
 * profiles, and what its SVG brings in. What it does not see, the formatter names later.
 */
public final class NeedsScanner {

  private static final String FO = "http://www.w3.org/1999/XSL/Format";
  private static final String FOX = "http://xmlgraphics.apache.org/fop/extensions";
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final String XLINK = "http://www.w3.org/1999/xlink";
  private static final Pattern URL =
      Pattern.compile("url\\(\\s*(?:'([^']*)'|\"([^\"]*)\"|([^)'\"]*))\\s*\\)");

  /** The document is none: it is not well-formed. */
  public static final class NoDocument extends Exception {
    NoDocument(String why) {
      super(why);
    }
  }

  private NeedsScanner() {}

  /**
   * The names of what the document refers to, each once, in the order of the document.
   *
   * @throws NoDocument saying where it is wrong
   */
  public static List<SystemId> scan(InputStream document, SystemId base)
      throws NoDocument, IOException {
    var needs = new Needs(base);
    try {
      var factory = SecureXml.parsers();
      factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
      factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
      factory.newSAXParser().parse(document, needs);
      return List.copyOf(needs.found);
    } catch (SAXParseException e) {
      throw new NoDocument("line " + e.getLineNumber() + ": " + e.getMessage());
    } catch (SAXException e) {
      throw new NoDocument(String.valueOf(e.getMessage()));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this JVM has no secure parser", e);
    }
  }

  private static final class Needs extends DefaultHandler {
    private final Set<SystemId> found = new LinkedHashSet<>();
    private final Deque<SystemId> bases = new ArrayDeque<>();

    private Needs(SystemId base) {
      bases.push(base);
    }

    @Override
    public InputSource resolveEntity(String publicId, String systemId) {
      return new InputSource(new StringReader("")); // nothing of this machine's
    }

    @Override
    public void startElement(String space, String name, String qualified, Attributes attributes) {
      var base = bases.getFirst();
      var given = attributes.getValue(XMLConstants.XML_NS_URI, "base");
      bases.push(given == null ? base : base.resolve(given).orElse(base));
      if (space.equals(SVG)) {
        if (!name.equals("a")) {
          need(attributes.getValue(XLINK, "href"));
          need(attributes.getValue("", "href"));
        }
        return;
      }
      var isSource =
          switch (space) {
            case FO -> name.equals("external-graphic") || name.equals("color-profile");
            case FOX -> name.equals("external-document");
            default -> false;
          };
      if (isSource) {
        need(attributes.getValue("", "src"));
      }
      need(attributes.getValue("", "background-image"));
      var background = attributes.getValue("", "background");
      if (background != null && background.contains("url(")) {
        need(background);
      }
    }

    @Override
    public void endElement(String space, String name, String qualified) {
      bases.pop();
    }

    private void need(@org.jspecify.annotations.Nullable String value) {
      if (value == null || value.isBlank() || value.equals("none") || value.equals("inherit")) {
        return;
      }
      var url = URL.matcher(value);
      var reference = value;
      if (url.find()) {
        reference =
            url.group(1) != null
                ? url.group(1)
                : url.group(2) != null ? url.group(2) : url.group(3);
      }
      bases.getFirst().resolve(reference).ifPresent(found::add);
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXParseException {
      throw e;
    }
  }
}
