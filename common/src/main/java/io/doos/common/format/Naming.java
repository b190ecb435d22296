package io.doos.common.format;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How names are taken relative to others: as RFC 3986 has it in section 5, with one liberty. Steps
 * above the root stay, because the root may be only the folder of a document that its client knows
 * by a relative name. Java's own way makes one slash of several, which to a server may be another
 * file.
 */
final class Naming {

  private Naming() {}

  /** What {@code reference} names in a document of the name {@code base}; it may be opaque. */
  static URI resolve(URI base, URI reference) {
    if (reference.isAbsolute()) {
      return reference;
    }
    if (reference.getRawAuthority() != null) {
      return of(base, reference.getRawAuthority(), reference.getRawPath(), reference.getRawQuery());
    }
    var path = reference.getRawPath();
    if (path.isEmpty()) {
      var query = reference.getRawQuery();
      return of(
          base,
          base.getRawAuthority(),
          base.getRawPath(),
          query == null ? base.getRawQuery() : query);
    }
    return of(
        base,
        base.getRawAuthority(),
        path.startsWith("/") ? path : folder(base) + path,
        reference.getRawQuery());
  }

  /** The same without steps to itself or back, and without a fragment. */
  static URI normal(URI name) {
    return of(name, name.getRawAuthority(), name.getRawPath(), name.getRawQuery());
  }

  private static String folder(URI base) {
    var path = base.getRawPath();
    return path.isEmpty() ? "/" : path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static URI of(
      URI scheme, @Nullable String authority, String path, @Nullable String query) {
    var straight = straight(path);
    // a path that begins with two slashes would else become an authority
    var host = authority == null ? straight.startsWith("//") ? "//" : "" : "//" + authority;
    return URI.create(
        scheme.getScheme() + ":" + host + straight + (query == null ? "" : "?" + query));
  }

  private static String straight(String path) {
    if (!path.startsWith("/")) {
      return path;
    }
    List<String> kept = new ArrayList<>();
    var segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      var segment = segments[i];
      var goesBack = segment.equals("..") && !kept.isEmpty() && !kept.getLast().equals("..");
      if (goesBack) {
        kept.removeLast();
      }
      var isStep = goesBack || segment.equals(".");
      if (!isStep || i == segments.length - 1) {
        kept.add(isStep ? "" : segment);
      }
    }
    return "/" + String.join("/", kept);
  }
}
