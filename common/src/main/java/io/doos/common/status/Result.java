package io.doos.common.status;

import java.util.List;

/**
 * What a job left: a zip in the bucket.
 *
 * @param object its key
 * @param bytes its size
 * @param sha256 lowercase hex over its bytes
 * @param files what is in it
 * @param partial whether the job failed before it was finished with them
 */
public record Result(
    String object, long bytes, String sha256, List<OutputFile> files, boolean partial) {

  /** A file in the zip, with its size unzipped. */
  public record OutputFile(String name, long bytes) {}

  public Result {
    files = List.copyOf(files);
  }
}
