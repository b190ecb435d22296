package io.doos.gateway.doos;

import java.time.Duration;

/**
 * What one request may be, each limit with the reason for it.
 *
 * @param frameBytes the largest length a frame may announce: it bounds the disk a client can take
 * @param argumentBytes the arguments ahead of the first file: they are read into memory
 * @param nameBytes a file's name: names are read into memory
 * @param files the files of one request, the script among them
 * @param header how long a client may take from connecting to the end of the checksum: an idle or
 *     lost client gives its place back
 * @param progress how long the arguments may take, and how long a client may then send nothing, or
 *     take nothing of the reply
 * @param linger how long what still comes is discarded after the reply: a reset would eat the reply
 */
public record Limits(
    long frameBytes,
    int argumentBytes,
    int nameBytes,
    int files,
    Duration header,
    Duration progress,
    Duration linger) {

  /** As the protocol's description has them. */
  public static final Limits DEFAULT =
      new Limits(
          256L * 1024 * 1024,
          16 * 1024,
          4 * 1024,
          1024,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(2));

  public Limits {
    if (frameBytes < FrameDecoder.CHECKSUM_AND_PIPE || frameBytes >= FrameDecoder.TOO_LONG) {
      throw new IllegalArgumentException("a frame's limit is 41 to 999999999999 bytes");
    }
  }

  /** The same with another limit for the frame. */
  public Limits withFrameBytes(long bytes) {
    return new Limits(bytes, argumentBytes, nameBytes, files, header, progress, linger);
  }

  /** The same with other times. */
  public Limits withTimes(Duration header, Duration progress, Duration linger) {
    return new Limits(frameBytes, argumentBytes, nameBytes, files, header, progress, linger);
  }
}
