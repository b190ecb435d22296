package io.doos.deploy.command;

import java.nio.file.Path;
import java.util.List;

/** What became of a document that was to be converted. */
sealed interface Conversion {

  /** The document, as it was named. */
  Path document();

  /** It became these files. */
  record Converted(Path document, String ticket, List<ResultFiles.Written> files)
      implements Conversion {
    public Converted {
      files = List.copyOf(files);
    }
  }

  /**
   * It did not become anything.
   *
   * @param ticket its job's, or empty when it never was one
   * @param code the job's error code, or what else went wrong in one word
   */
  record Failed(Path document, String ticket, String code, String message) implements Conversion {}
}
