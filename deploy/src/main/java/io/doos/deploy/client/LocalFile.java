package io.doos.deploy.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that a reply is written to. It keeps its own failures apart from those of the connection:
 * after the first, it swallows the rest of the reply.
 */
final class LocalFile extends OutputStream {

  private final OutputStream out;
  private @Nullable IOException failure;

  LocalFile(Path path) throws IOException {
    out = Files.newOutputStream(path);
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (failure != null) {
      return;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Throws the first failure, if there was one. */
  void rethrow() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
