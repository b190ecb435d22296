package io.doos.gateway.page;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A piece of HTML. What comes from outside gets in as a value and is escaped: there is no other
 * way.
 */
final class Html {

  static final Html NOTHING = new Html("");

  private static final String HOLE = "{}";

  private final String text;

  private Html(String text) {
    this.text = text;
  }

  /**
   * A template, each <code>{}</code> in it replaced by a value: pieces of HTML, and collections of
   * them, as they are, anything else as text, escaped for content and for attributes in double
   * quotes.
   *
   * @param template ours, never from outside
   */
  static Html of(String template, Object... values) {
    var html = new StringBuilder();
    var from = 0;
    for (var value : values) {
      var hole = template.indexOf(HOLE, from);
      if (hole < 0) {
        throw new IllegalArgumentException("more values than holes: " + template);
      }
      html.append(template, from, hole);
      append(html, value);
      from = hole + HOLE.length();
    }
    if (template.indexOf(HOLE, from) >= 0) {
      throw new IllegalArgumentException("more holes than values: " + template);
    }
    return new Html(html.append(template, from, template.length()).toString());
  }

  /** One after the other. */
  static Html all(Collection<Html> pieces) {
    return new Html(pieces.stream().map(piece -> piece.text).collect(Collectors.joining()));
  }

  /** The piece if there is one, or nothing. */
  static Html maybe(Optional<Html> piece) {
    return piece.orElse(NOTHING);
  }

  private static void append(StringBuilder html, Object value) {
    switch (value) {
      case Html piece -> html.append(piece.text);
      case Collection<?> pieces -> pieces.forEach(piece -> append(html, piece));
      default -> escape(html, value.toString());
    }
  }

  private static void escape(StringBuilder html, String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        case '\n', '\t' -> html.append(c);
        default -> html.append(isUnseen(c) ? '\uFFFD' : c);
      }
    }
  }

  /** Control characters, and those that turn the direction of what follows them. */
  private static boolean isUnseen(char c) {
    return Character.isISOControl(c)
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069');
  }

  @Override
  public String toString() {
    return text;
  }
}
