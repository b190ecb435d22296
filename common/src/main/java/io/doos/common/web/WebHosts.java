package io.doos.common.web;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where something may be fetched from.
 *
 * @param hosts where there is none, nothing is fetched
 */
public record WebHosts(List<WebHost> hosts) {

  /** Nowhere. */
  public static final WebHosts NONE = new WebHosts(List.of());

  /** The list travels to formatters, in a form of 64 KiB at most. */
  private static final int MOST = 200;

  public WebHosts {
    if (hosts.size() > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " hosts");
    }
    hosts = List.copyOf(hosts);
  }

  /**
   * Reads hosts with commas between them; an empty text is nowhere.
   *
   * @throws IllegalArgumentException when one of them is none
   */
  public static WebHosts parse(String text) {
    return text.isEmpty()
        ? NONE
        : new WebHosts(
            Arrays.stream(text.split(",", -1)).map(String::strip).map(WebHost::parse).toList());
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return hosts.isEmpty();
  }

  /** Whether {@code called} is one of them, whatever address it has. */
  public boolean covers(WebOrigin called) {
    return hosts.stream().anyMatch(host -> host.covers(called));
  }

  /**
   * Whether {@code called} may be fetched from at this address: one that is not public has to be
   * named, or its host, since whoever owns a domain may give its names any address.
   */
  public boolean covers(WebOrigin called, InetAddress address) {
    return hosts.stream()
        .anyMatch(host -> host.covers(called) && (host.isOne() || PublicAddress.isPublic(address)));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return hosts.stream().map(WebHost::toString).collect(Collectors.joining(","));
  }
}
