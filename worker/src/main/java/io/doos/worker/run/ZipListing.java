package io.doos.worker.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * How much memory it takes to open a zip: {@code ZipFile} reads its whole central directory at
 * once, and a zip may be little else.
 */
final class ZipListing {

  // .ZIP File Format Specification 6.3, section 4.3.16
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int COUNT_AT = 10;
  private static final int SIZE_AT = 12;
  private static final int OFFSET_AT = 16;
  private static final int MAX_COMMENT_BYTES = 65_535;

  private ZipListing() {}

  /**
   * The largest size that anything which may be taken for the end record of {@code zip} gives its
   * central directory. {@code Long.MAX_VALUE} for a zip64's, which has more than 65,534 files or 4
   * GiB; zero when there is none: then it is no zip.
   */
  static long bytes(Path zip) throws IOException {
    try (var file = FileChannel.open(zip)) {
      var from = Math.max(0, file.size() - END_BYTES - MAX_COMMENT_BYTES);
      var tail = ByteBuffer.allocate((int) (file.size() - from)).order(ByteOrder.LITTLE_ENDIAN);
      while (tail.hasRemaining() && file.read(tail, from + tail.position()) > 0) {}
      tail.flip();
      long most = 0;
      for (var at = 0; at + END_BYTES <= tail.limit(); at++) {
        if (tail.getInt(at) == END_SIGNATURE) {
          most = Math.max(most, bytes(tail, at));
        }
      }
      return most;
    }
  }

  private static long bytes(ByteBuffer tail, int at) {
    var elsewhere =
        tail.getShort(at + COUNT_AT) == -1
            || tail.getInt(at + SIZE_AT) == -1
            || tail.getInt(at + OFFSET_AT) == -1;
    return elsewhere ? Long.MAX_VALUE : Integer.toUnsignedLong(tail.getInt(at + SIZE_AT));
  }
}
