package io.doos.worker.fop;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the pages of a document go: into memory, and once they have become too many for that into
 * their file. For one thread.
 */
final class PagesStream extends OutputStream {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path file;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream(BUFFER_BYTES);
  private final int most;
  private OutputStream out = memory;
  private boolean inFile;

  /**
   * @param file made, with its folder, only when it is needed
   * @param most bytes in memory
   */
  PagesStream(Path file, int most) {
    this.file = file;
    this.most = most;
  }

  /** The pages, where they are not in the file. */
  Optional<byte[]> inMemory() {
    return inFile ? Optional.empty() : Optional.of(memory.toByteArray());
  }

  /** Has all that was and will be written in the file. */
  void useFile() throws IOException {
    if (!inFile) {
      Files.createDirectories(file.getParent());
      out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
      memory.writeTo(out);
      memory.reset();
      inFile = true;
    }
  }

  @Override
  public void write(int value) throws IOException {
    makeRoom(1);
    out.write(value);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    makeRoom(length);
    out.write(bytes, offset, length);
  }

  private void makeRoom(int length) throws IOException {
    if (length > most - memory.size()) {
      useFile();
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
