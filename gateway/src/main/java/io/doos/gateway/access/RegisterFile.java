package io.doos.gateway.access;

import io.doos.common.life.Reread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** The register as its file has it at the moment. */
public final class RegisterFile {

  private RegisterFile() {}

  /**
   * Reads it, and again whenever it changes. A file that then is gone or wrong opens the doors to
   * nobody and closes them to nobody.
   *
   * @throws IOException naming all that is wrong with it
   */
  public static Supplier<Register> open(Path file) throws IOException {
    return Reread.open(List.of(file), () -> read(file));
  }

  private static Register read(Path file) throws IOException {
    try {
      return RegisterReader.read(Files.readAllLines(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " (access.file): " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " (access.file): there is no such file.", e);
    } catch (IOException e) {
      throw new IOException(file + " (access.file) cannot be read: " + e, e);
    }
  }
}
