package io.doos.common.config;

import java.util.regex.Pattern;

/**
 * An amount of bytes. Written as a whole number and a unit of 1,024 steps: {@code 512B}, {@code
 * 64KiB}, {@code 256MiB}, {@code 1GiB}, {@code 2TiB}.
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

  static final ByteSize KIB = new ByteSize(1024);
  static final ByteSize TIB = new ByteSize(1L << 40);

  private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\s*(B|KiB|MiB|GiB|TiB)");
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is not negative");
    }
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException when {@code text} is not of that form, or beyond 8 EiB
   */
  public static ByteSize parse(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a size");
    }
    var bytes = Long.parseLong(parts.group(1));
    for (var i = 0; !UNITS[i].equals(parts.group(2)); i++) {
      bytes = multiplied(bytes);
    }
    return new ByteSize(bytes);
  }

  private static long multiplied(long bytes) {
    try {
      return Math.multiplyExact(bytes, 1024);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("too large", e);
    }
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** The same amount in the largest unit that needs no fraction. */
  @Override
  public String toString() {
    var amount = bytes;
    var unit = 0;
    while (amount != 0 && amount % 1024 == 0 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return amount + UNITS[unit];
  }
}
