package io.doos.common.web;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Whom a URL calls: its scheme, host and port. Two URLs that call the same have the same.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name in small letters, or an IP address, of IPv6 in full and without brackets
 */
public record WebOrigin(String scheme, String host, int port) {

  private static final String HTTP = "http";
  private static final String HTTPS = "https";

  /**
   * Letters of either case, and IPv6 addresses with or without brackets, come to one form.
   *
   * @throws IllegalArgumentException when there is no such place on the web
   */
  public WebOrigin {
    scheme = scheme.toLowerCase(Locale.ROOT);
    host = canonical(host);
    if (!isWeb(scheme) || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("not a place on the web: " + scheme + " at port " + port);
    }
  }

  /**
   * Whom {@code url} calls; empty when it is not of the web, or names no host that is to be had.
   */
  public static Optional<WebOrigin> of(URI url) {
    var scheme = url.getScheme();
    var host = url.getHost();
    if (scheme == null || host == null) {
      return Optional.empty();
    }
    try {
      var port = url.getPort();
      return Optional.of(new WebOrigin(scheme, host, port < 0 ? usualPort(scheme) : port));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the port is the one that its scheme has without a word. */
  boolean isAtUsualPort() {
    return port == usualPort(scheme);
  }

  static boolean isWeb(String scheme) {
    return scheme.equals(HTTP) || scheme.equals(HTTPS);
  }

  /**
   * The one form of a host's name or address.
   *
   * @throws IllegalArgumentException when it looks like an IPv6 address and is none
   */
  static String canonical(String host) {
    var bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    return bare.contains(":")
        ? InetAddress.ofLiteral(bare).getHostAddress()
        : bare.toLowerCase(Locale.ROOT);
  }

  private static int usualPort(String scheme) {
    return scheme.equalsIgnoreCase(HTTPS) ? 443 : 80;
  }

  @Override
  public String toString() {
    var name = host.contains(":") ? "[" + host + "]" : host;
    return scheme + "://" + name + (isAtUsualPort() ? "" : ":" + port);
  }
}
