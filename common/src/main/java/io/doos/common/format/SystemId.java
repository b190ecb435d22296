package io.doos.common.format;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a document and what it refers to are named, the same way wherever they are looked at. A name
 * that is relative, as files of a job are, is below {@link #JOB}.
 *
 * @param uri absolute and hierarchical, without a fragment
 */
public record SystemId(URI uri) {

  /** Where the names of a job's own files begin. */
  public static final String JOB = "job:/";

  private static final String FILE = "file";
  private static final String LEGAL_IN_PATH = "-._~:/?#@!$&'()*+,;=%";
  private static final String LEGAL = LEGAL_IN_PATH + "[]";
  private static final Pattern CREDENTIALS = Pattern.compile("((?i:https?|ftp)://)[^/?#\\s]*@");
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*");
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:/.*");

  public SystemId {
    if (!uri.isAbsolute() || uri.isOpaque()) {
      throw new IllegalArgumentException("not an absolute name: " + uri);
    }
  }

  /**
   * Reads a document's own name as somebody wrote it: a URI, or a path of whatever system.
   *
   * @throws IllegalArgumentException when it can be read as neither
   */
  public static SystemId ofDocument(String text) {
    var name = text.strip().replace('\\', '/');
    if (DRIVE.matcher(name).matches()) {
      name = "file:///" + name;
    } else if (name.startsWith("/")) {
      name = "file://" + name;
    }
    var uri = parsed(name).orElseThrow(() -> new IllegalArgumentException("not a name: " + text));
    return of(uri.isAbsolute() ? uri : Naming.resolve(URI.create(JOB), uri));
  }

  /** The name of a file that came with a job. */
  public static SystemId ofFile(String name) {
    return of(
        URI.create(
            JOB
                + escaped(
                    name.replace("%", "%25").replace("?", "%3F").replace("#", "%23"),
                    LEGAL_IN_PATH)));
  }

  /**
   * The name of what this document calls {@code reference}; empty when it is no name, or one that
   * stands for itself, such as {@code data:} or a place in the document.
   */
  public Optional<SystemId> resolve(String reference) {
    var text = reference.strip().replace('\\', '/');
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    return parsed(text)
        .map(relative -> Naming.resolve(uri, relative))
        .filter(found -> found.isAbsolute() && !found.isOpaque())
        .map(SystemId::of);
  }

  /** What its relative references are relative to: its folder, with a slash at the end. */
  public URI folder() {
    return of(Naming.resolve(uri, URI.create("./"))).uri();
  }

  /** The one form of a name that may be written in several. */
  public static SystemId of(URI uri) {
    if (!uri.isAbsolute() || uri.isOpaque()) {
      throw new IllegalArgumentException("not an absolute name: " + uri);
    }
    var text = Naming.normal(uri).toString();
    if (text.regionMatches(true, 0, FILE + ":", 0, 5)) {
      var path = text.substring(5);
      text = FILE + "://" + (path.startsWith("//") ? path.substring(2) : path);
    }
    return new SystemId(URI.create(text));
  }

  /** The name that {@link #toString} wrote; empty when that is none. */
  public static Optional<SystemId> parse(String text) {
    try {
      return Optional.of(of(new URI(text)));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether it is on the web. */
  public boolean isRemote() {
    var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    return scheme.equals("http") || scheme.equals("https") || scheme.equals("ftp");
  }

  /** The path of the job's own file that it names, not to be trusted; empty when it is no such. */
  public Optional<String> jobFile() {
    return uri.toString().startsWith(JOB) && uri.getRawAuthority() == null
        ? Optional.of(uri.getPath().substring(1))
        : Optional.empty();
  }

  /** As its client wrote it: what is below {@link #JOB} is relative. */
  public String forClient() {
    var text = uri.toString();
    return text.startsWith(JOB) ? text.substring(JOB.length()) : text;
  }

  /** A text for people without the names and passwords of the URLs of the web in it. */
  public static String withoutCredentials(String text) {
    return CREDENTIALS.matcher(text).replaceAll("$1");
  }

  @Override
  public String toString() {
    return uri.toString();
  }

  private static Optional<URI> parsed(String text) {
    try {
      return Optional.of(new URI(escaped(text)));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * Escapes what a URI cannot hold, and leaves what it can, escapes included. Brackets it can hold
   * in the names of hosts and in queries, but not in paths.
   */
  private static String escaped(String text) {
    var authority = AUTHORITY.matcher(text);
    int path = authority.lookingAt() ? authority.end() : 0;
    int query = path;
    while (query < text.length() && "?#".indexOf(text.charAt(query)) < 0) {
      query++;
    }
    return escaped(text.substring(0, path), LEGAL)
        + escaped(text.substring(path, query), LEGAL_IN_PATH)
        + escaped(text.substring(query), LEGAL);
  }

  private static String escaped(String text, String legal) {
    var escaped = new StringBuilder(text.length());
    for (var b : text.getBytes(StandardCharsets.UTF_8)) {
      var c = (char) (b & 0xFF);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || legal.indexOf(c) >= 0)) {
        escaped.append(c);
      } else {
        escaped.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      }
    }
    return escaped.toString();
  }
}
