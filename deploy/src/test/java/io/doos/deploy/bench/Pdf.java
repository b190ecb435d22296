package io.doos.deploy.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What every conversion has to end with. */
final class Pdf {

  private static final String BEGIN = "%PDF-";

  private Pdf() {}

  /**
   * @throws IllegalStateException when {@code bytes} are no PDF
   */
  static void check(Path document, byte[] bytes) {
    if (!new String(bytes, StandardCharsets.ISO_8859_1).startsWith(BEGIN)) {
      throw new IllegalStateException(document + " did not become a PDF");
    }
  }
}
