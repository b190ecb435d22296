package io.doos.gateway.spool;

import java.io.InputStream;

/**
 * A part of a spool; worth as long as the spool is open.
 *
 * @param from where it begins in the spool
 * @param bytes how long it is
 */
public record Slice(Spool spool, long from, long bytes) {

  public Slice {
    if (from < 0 || bytes < 0 || from + bytes > spool.bytes()) {
      throw new IllegalArgumentException("the slice is not within its spool");
    }
  }

  /** A part of this part. */
  public Slice slice(long start, long length) {
    if (start < 0 || length < 0 || start + length > bytes) {
      throw new IllegalArgumentException("the slice is not within its slice");
    }
    return new Slice(spool, from + start, length);
  }

  /** Reads it from its beginning; nothing needs closing. */
  public InputStream open() {
    return new SliceStream();
  }

  /**
   * All of it in one array.
   *
   * @throws IllegalStateException when it is longer than {@code most}
   */
  public byte[] read(int most) throws SpoolException {
    if (bytes > most) {
      throw new IllegalStateException("the slice has " + bytes + " bytes, more than " + most);
    }
    var all = new byte[(int) bytes];
    for (var done = 0; done < all.length; ) {
      done += spool.read(from + done, all, done, all.length - done);
    }
    return all;
  }

  private final class SliceStream extends InputStream {
    private long done;

    @Override
    public int read() throws SpoolException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws SpoolException {
      var length = (int) Math.min(count, bytes - done);
      if (length <= 0) {
        return count == 0 ? 0 : -1;
      }
      var read = spool.read(from + done, into, offset, length);
      done += Math.max(read, 0);
      return read;
    }
  }
}
