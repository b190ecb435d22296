package io.doos.deploy.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Scripts for jobs whose results can be told apart. */
public final class Macros {

  /** The one file that a good job leaves. */
  public static final String OUTPUT = "nonce.txt";

  private Macros() {}

  /** Writes {@code nonce} into its output. */
  public static String writing(String nonce) {
    return slow(nonce, 0);
  }

  /** Waits, then writes {@code nonce} into its output. */
  public static String slow(String nonce, int waitMs) {
    return """
    Sub Main
      If %2$d > 0 Then Wait %2$d
      Open "<<OUTDIR>>%3$s" For Output As #1
      Print #1, "%1$s"
      Close #1
    End Sub
    """
        .formatted(nonce, waitMs, OUTPUT);
  }

  /** Takes its office down. */
  public static String crashing() {
    return "Sub Main\n  StarDesktop.terminate()\n  Wait 20000\nEnd Sub\n";
  }

  /** A file that holds {@code macro}. */
  public static Path file(Path folder, String macro) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "macro", ".bas"), macro);
  }
}
