package io.doos.common.http;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of a content that a client asked for (RFC 9110, section 14). Of several parts, or of
 * what is no range, it gets the whole, as the standard allows.
 */
record ByteRange(long from, long count) {

  private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /** What a {@code Range} header asks for. */
  sealed interface Wish {
    record Whole() implements Wish {}

    record Part(ByteRange range) implements Wish {}

    /** Nothing of it is within the content. */
    record Outside() implements Wish {}
  }

  static Wish wish(Optional<String> header, long length) {
    var range = ONE.matcher(header.orElse("").strip());
    if (!range.matches()) {
      return new Wish.Whole();
    }
    var first = range.group(1);
    var last = range.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? new Wish.Whole() : suffix(Long.parseLong(last), length);
    }
    var from = Long.parseLong(first);
    var to = last.isEmpty() ? length - 1 : Math.min(Long.parseLong(last), length - 1);
    if (!last.isEmpty() && Long.parseLong(last) < from) {
      return new Wish.Whole();
    }
    return from >= length ? new Wish.Outside() : new Wish.Part(new ByteRange(from, to - from + 1));
  }

  private static Wish suffix(long wanted, long length) {
    var count = Math.min(wanted, length);
    return count == 0 ? new Wish.Outside() : new Wish.Part(new ByteRange(length - count, count));
  }

  /** The value of {@code Content-Range}. */
  String within(long length) {
    return "bytes " + from + "-" + (from + count - 1) + "/" + length;
  }
}
