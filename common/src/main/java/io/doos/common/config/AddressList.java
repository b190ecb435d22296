package io.doos.common.config;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Whose connections are wanted.
 *
 * @param ranges of addresses; where there is none, every address is in it
 */
public record AddressList(List<AddressRange> ranges) {

  /** Every address. */
  public static final AddressList EVERYBODY = new AddressList(List.of());

  public AddressList {
    ranges = List.copyOf(ranges);
  }

  /**
   * Reads ranges with commas between them; an empty text is everybody.
   *
   * @throws IllegalArgumentException when one of them is none
   */
  public static AddressList parse(String text) {
    return text.isEmpty()
        ? EVERYBODY
        : new AddressList(
            Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(AddressRange::parse)
                .toList());
  }

  /** Whether it is in one of the ranges. */
  public boolean contains(InetAddress address) {
    return ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(address));
  }
}
