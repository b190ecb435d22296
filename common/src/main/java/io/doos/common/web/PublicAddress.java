package io.doos.common.web;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Which addresses are open to anybody in the Internet, so that who is sent to one is told nothing
 * of the farm's own network. Source: the IANA registries of special-purpose addresses.
 */
public final class PublicAddress {

  private PublicAddress() {}

  /** Whether anybody could reach it. */
  public static boolean isPublic(InetAddress address) {
    var isSpecial =
        address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress();
    return !isSpecial
        && switch (address) {
          case Inet4Address four -> isPublic(four.getAddress());
          case Inet6Address six -> isPublic6(six.getAddress());
          default -> false;
        };
  }

  private static boolean isPublic(byte[] four) {
    var a = four[0] & 0xff;
    var b = four[1] & 0xff;
    var c = four[2] & 0xff;
    var isShared = a == 100 && (b & 0xc0) == 64;
    var isProtocol = a == 192 && b == 0 && (c == 0 || c == 2);
    var isBenchmark = a == 198 && (b & 0xfe) == 18;
    var isDocumentation = (a == 198 && b == 51 && c == 100) || (a == 203 && b == 0 && c == 113);
    return a != 0 && a < 240 && !isShared && !isProtocol && !isBenchmark && !isDocumentation;
  }

  /** Of IPv6 only what is global unicast, and of that nothing that stands for an IPv4 address. */
  private static boolean isPublic6(byte[] six) {
    var a = (six[0] & 0xff) << 8 | (six[1] & 0xff);
    var b = (six[2] & 0xff) << 8 | (six[3] & 0xff);
    var isGlobal = (a & 0xe000) == 0x2000;
    var isTeredoOrProtocol = a == 0x2001 && (b & 0xfe00) == 0;
    var isDocumentation = (a == 0x2001 && b == 0x0db8) || (a & 0xfff0) == 0x3ff0;
    var isSixToFour = a == 0x2002;
    return isGlobal && !isTeredoOrProtocol && !isDocumentation && !isSixToFour;
  }
}
