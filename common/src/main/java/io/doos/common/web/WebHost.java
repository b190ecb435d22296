package io.doos.common.web;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A host on the web, or all hosts of a domain, as a host source of a Content-Security-Policy names
 * them, but without paths.
 *
 * @param scheme the only one; without it both
 * @param name a name, an IP address, {@code *.} and a domain for all names below it, or {@code *}
 * @param port the only one; without it that of the scheme: 80 and 443
 */
public record WebHost(Optional<String> scheme, String name, OptionalInt port) {

  private static final String ANY = "*";
  private static final String LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
  private static final Pattern FORM =
      Pattern.compile(
          "((?<scheme>https?)://)?"
              + "(?<name>\\*|(\\*\\.)?%1$s(\\.%1$s)*|\\[[0-9a-f:.]+])".formatted(LABEL)
              + "(:(?<port>[1-9]\\d{0,4}))?/?");
  private static final int LONGEST = 300;

  /**
   * Reads {@code images.example.org}, {@code *.example.org}, {@code 10.0.0.5:8080}, {@code
   * https://cdn.example.org}.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  public static WebHost parse(String text) {
    var parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (text.length() > LONGEST || !parts.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a host on the web");
    }
    var port = parts.group("port");
    var number = port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port));
    if (number.orElse(1) > 65_535) {
      throw new IllegalArgumentException("'" + text + "' has no port from 1 to 65535");
    }
    return new WebHost(
        Optional.ofNullable(parts.group("scheme")),
        WebOrigin.canonical(parts.group("name")),
        number);
  }

  /** Whether it, or one of its domain, is called. */
  public boolean covers(WebOrigin called) {
    var isPort = port.isPresent() ? port.getAsInt() == called.port() : called.isAtUsualPort();
    return isPort && scheme.map(called.scheme()::equals).orElse(true) && isNamed(called.host());
  }

  private boolean isNamed(String host) {
    if (isOne()) {
      return host.equals(name);
    }
    return name.equals(ANY) || host.endsWith(name.substring(1));
  }

  /** Whether it is one host, called by its name. */
  public boolean isOne() {
    return !name.startsWith(ANY);
  }

  @Override
  public String toString() {
    return scheme.map(one -> one + "://").orElse("")
        + (name.contains(":") ? "[" + name + "]" : name)
        + (port.isPresent() ? ":" + port.getAsInt() : "");
  }
}
