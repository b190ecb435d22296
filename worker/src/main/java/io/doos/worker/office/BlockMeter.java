package io.doos.worker.office;

/**
 * Follows the blocks of a URP stream, and tells of one that is too large before anybody makes room
 * for it: what a macro returns comes in one, and the library would take memory for all of it. Not
 * thread-safe.
 *
 * <p>A block is its length in bytes and its count of messages, four bytes each, high byte first,
 * and then its body (UNO Remote Protocol specification, section "Blocks").
 */
final class BlockMeter {

  private static final int HEADER_BYTES = 8;
  private static final int LENGTH_BYTES = 4;

  private final int maxBytes;
  private int headerAt;
  private long length;
  private long bodyLeft;

  BlockMeter(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes the next bytes of the stream; answers whether every block so far is small enough. */
  boolean take(byte[] bytes, int count) {
    var at = 0;
    while (at < count) {
      if (bodyLeft > 0) {
        var part = Math.min(bodyLeft, count - at);
        bodyLeft -= part;
        at += (int) part;
      } else {
        header(bytes[at++]);
        if (length > maxBytes) {
          return false;
        }
      }
    }
    return true;
  }

  private void header(byte next) {
    if (headerAt < LENGTH_BYTES) {
      length = (length << 8) | (next & 0xFF);
    }
    if (++headerAt == HEADER_BYTES) {
      bodyLeft = length;
      headerAt = 0;
      length = 0;
    }
  }
}
