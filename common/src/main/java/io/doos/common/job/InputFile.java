package io.doos.common.job;

/**
 * A file that comes with a job: its bytes in the message itself, or an object already in the
 * bucket.
 */
public sealed interface InputFile {

  /** The file's name in the input folder, checked by {@link FileName}. */
  String name();

  /** A file whose bytes travel in the message. The array is not copied: nobody changes it. */
  @SuppressWarnings("ArrayRecordComponent") // up to 256 KiB of bytes that nobody compares
  record Inline(String name, byte[] content) implements InputFile {
    public Inline {
      FileName.check(name);
    }
  }

  /**
   * A file that is an object of the bucket.
   *
   * @param object its key
   */
  record Stored(String name, String object) implements InputFile {
    public Stored {
      FileName.check(name);
      if (object.isBlank()) {
        throw new IllegalArgumentException("the object of file '" + name + "' is empty");
      }
    }
  }
}
