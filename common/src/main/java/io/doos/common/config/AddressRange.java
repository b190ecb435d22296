package io.doos.common.config;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike: an address or a CIDR block, of IPv4 or IPv6. An IPv4 address written
 * as an IPv6 one ({@code ::ffff:10.0.0.1}) is the IPv4 address.
 *
 * @param network the first of them
 * @param bits how many leading bits they have in common
 */
public record AddressRange(InetAddress network, int bits) {

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");
  private static final int MAPPED_BITS = 96;

  public AddressRange {
    if (bits < 0 || bits > network.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("'/" + bits + "' is not a length of such an address");
    }
    if (!network.equals(first(network, bits))) {
      throw new IllegalArgumentException(
          "'%s/%d' is not the first of its addresses: write %s/%d"
              .formatted(
                  network.getHostAddress(), bits, first(network, bits).getHostAddress(), bits));
    }
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or one address.
   *
   * @throws IllegalArgumentException when it is none; says what is wrong
   */
  public static AddressRange parse(String text) {
    var slash = text.indexOf('/');
    var literal = slash < 0 ? text : text.substring(0, slash);
    var network = address(literal);
    int most = network.getAddress().length * Byte.SIZE;
    if (slash < 0) {
      return new AddressRange(network, most);
    }
    var length = text.substring(slash + 1);
    if (!LENGTH.matcher(length).matches()) {
      throw new IllegalArgumentException("'" + text + "' has no length after its slash");
    }
    var isMapped = literal.contains(":") && most == Integer.SIZE;
    return new AddressRange(network, Integer.parseInt(length) - (isMapped ? MAPPED_BITS : 0));
  }

  /** Whether it is one of them. */
  public boolean contains(InetAddress address) {
    return address.getAddress().length == network.getAddress().length
        && Arrays.equals(first(address, bits).getAddress(), network.getAddress());
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + bits;
  }

  /** Host names would be asked for at a name server that need not be ours. */
  private static InetAddress address(String literal) {
    if (!IPV4.matcher(literal).matches() && !IPV6.matcher(literal).matches()) {
      throw new IllegalArgumentException("'" + literal + "' is not an IP address");
    }
    return InetAddress.ofLiteral(literal);
  }

  private static InetAddress first(InetAddress address, int bits) {
    var bytes = address.getAddress();
    for (var i = 0; i < bytes.length; i++) {
      var kept = Math.clamp(bits - (long) i * Byte.SIZE, 0, Byte.SIZE);
      bytes[i] &= (byte) (0xFF << (Byte.SIZE - kept));
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("it is as long as the one that it came from", e);
    }
  }
}
