package io.doos.gateway.spool;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes written once and then read any number of times: in memory as long as the {@link SpoolSpace}
 * has room for them, in a temporary file from then on. Memory is taken as bytes come, not before.
 * Closing it gives the memory back and deletes the file.
 *
 * <p>For one thread at a time. All failures are {@link SpoolException}.
 */
public final class Spool implements AutoCloseable {

  private static final int FIRST_BYTES = 512;
  private static final int SEGMENT_BYTES = 64 * 1024;

  private final SpoolSpace space;

  // All segments but the last are SEGMENT_BYTES long; the first one grows up to that.
  private final List<byte[]> segments = new ArrayList<>(1);
  private long memoryBytes;
  private @Nullable Path file;
  private @Nullable FileChannel channel;
  private long bytes;
  private boolean closed;

  Spool(SpoolSpace space) {
    this.space = space;
  }

  /** How many bytes were written. */
  public long bytes() {
    return bytes;
  }

  /** Adds bytes at the end. */
  public void write(byte[] source, int from, int count) throws SpoolException {
    if (closed) {
      throw new IllegalStateException("the spool is closed");
    }
    if (channel == null && !writeToMemory(source, from, count)) {
      moveToFile();
    }
    if (channel != null) {
      writeToFile(channel, source, from, count);
    }
    bytes += count;
  }

  /** Adds bytes at the end. */
  public void write(byte[] source) throws SpoolException {
    write(source, 0, source.length);
  }

  /** A stream that adds to this spool; closing the stream does not close the spool. */
  public OutputStream sink() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        Spool.this.write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] source, int from, int count) throws IOException {
        Spool.this.write(source, from, count);
      }
    };
  }

  /** Everything written so far. */
  public Slice all() {
    return new Slice(this, 0, bytes);
  }

  /** Whether the bytes are in memory still. */
  public boolean isInMemory() {
    return channel == null;
  }

  /** A file with all bytes, also when memory would have done; it is gone once this is closed. */
  public Path file() throws SpoolException {
    if (channel == null) {
      moveToFile();
    }
    return requireNonNull(file);
  }

  /** Reads up to {@code count} bytes at {@code position}; -1 at the end. */
  int read(long position, byte[] into, int from, int count) throws SpoolException {
    if (position >= bytes) {
      return -1;
    }
    if (channel != null) {
      try {
        return channel.read(ByteBuffer.wrap(into, from, count), position);
      } catch (IOException e) {
        throw new SpoolException("The spool file " + file + " cannot be read", e);
      }
    }
    var segment = segments.get((int) (position / SEGMENT_BYTES));
    var offset = (int) (position % SEGMENT_BYTES);
    var length = (int) Math.min(Math.min(count, segment.length - offset), bytes - position);
    System.arraycopy(segment, offset, into, from, length);
    return length;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    dropMemory();
    try {
      if (channel != null) {
        channel.close();
      }
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      org.slf4j.LoggerFactory.getLogger(Spool.class).warn("{} could not be deleted", file, e);
    }
  }

  private boolean writeToMemory(byte[] source, int from, int count) {
    if (bytes + count > space.bytesPerSpool() || !reserve(bytes + count)) {
      return false;
    }
    for (var done = 0; done < count; ) {
      var position = bytes + done;
      var segment = segments.get((int) (position / SEGMENT_BYTES));
      var offset = (int) (position % SEGMENT_BYTES);
      var length = Math.min(count - done, segment.length - offset);
      System.arraycopy(source, from + done, segment, offset, length);
      done += length;
    }
    return true;
  }

  private boolean reserve(long wanted) {
    while (memoryBytes < wanted) {
      var grown = memoryBytes < SEGMENT_BYTES ? firstSegmentFor(wanted) : SEGMENT_BYTES;
      var more = memoryBytes < SEGMENT_BYTES ? grown - (int) memoryBytes : grown;
      if (!space.take(more)) {
        return false;
      }
      memoryBytes += more;
      if (segments.isEmpty() || memoryBytes > SEGMENT_BYTES) {
        segments.add(new byte[grown]);
      } else {
        segments.set(0, Arrays.copyOf(segments.getFirst(), grown));
      }
    }
    return true;
  }

  private static int firstSegmentFor(long wanted) {
    var size = FIRST_BYTES;
    while (size < wanted && size < SEGMENT_BYTES) {
      size *= 2;
    }
    return size;
  }

  private void moveToFile() throws SpoolException {
    var path = space.newFile();
    file = path;
    try {
      var opened =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      channel = opened;
      var left = bytes;
      for (var segment : segments) {
        var length = (int) Math.min(left, segment.length);
        writeToFile(opened, segment, 0, length);
        left -= length;
      }
    } catch (SpoolException e) {
      throw e;
    } catch (IOException e) {
      throw new SpoolException("The spool file " + path + " cannot be made", e);
    }
    dropMemory();
  }

  private void writeToFile(FileChannel channel, byte[] source, int from, int count)
      throws SpoolException {
    try {
      var buffer = ByteBuffer.wrap(source, from, count);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw new SpoolException("The spool file " + file + " cannot be written", e);
    }
  }

  private void dropMemory() {
    segments.clear();
    space.giveBack(memoryBytes);
    memoryBytes = 0;
  }
}
