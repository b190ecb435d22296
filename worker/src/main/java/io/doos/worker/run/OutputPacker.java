package io.doos.worker.run;

import io.doos.common.status.Result;
import io.doos.common.status.Result.OutputFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes the result zip of what a job left. Links and special files are a stranger's attempt to make
 * us read something else: they are left out, never followed.
 */
public final class OutputPacker {

  private final Limits limits;

  /**
   * How much is packed.
   *
   * @param maxBytes of all files together, unzipped
   * @param maxFiles folders included
   */
  public record Limits(long maxBytes, int maxFiles) {}

  /**
   * What was packed.
   *
   * @param truncated whether files were left out because a limit was reached
   */
  record Packed(Path zip, long bytes, String sha256, List<OutputFile> files, boolean truncated) {

    /** The result as the status names it, stored under {@code key}. */
    Result as(String key, boolean partial) {
      return new Result(key, bytes, sha256, files, partial);
    }
  }

  OutputPacker(Limits limits) {
    this.limits = limits;
  }

  /**
   * Zips everything below {@code folder}, which no office may be able to reach any more, into
   * {@code zip}.
   */
  Packed pack(Path folder, Path zip) throws IOException {
    var sha256 = Sha256.digest();
    var packing = new Packing(folder);
    try (var out =
        new ZipOutputStream(new DigestOutputStream(Files.newOutputStream(zip), sha256))) {
      // What offices write is mostly compressed already: more effort would cost time and save
      // nothing.
      out.setLevel(Deflater.BEST_SPEED);
      packing.into(out);
    }
    return new Packed(
        zip,
        Files.size(zip),
        HexFormat.of().formatHex(sha256.digest()),
        packing.files,
        packing.truncated);
  }

  private final class Packing {
    private final Path folder;
    private final List<OutputFile> files = new ArrayList<>();
    private final byte[] buffer = new byte[16 * 1024];
    private long bytesLeft = limits.maxBytes();
    private int entriesLeft = limits.maxFiles();
    private boolean truncated;

    Packing(Path folder) {
      this.folder = folder;
    }

    void into(ZipOutputStream out) throws IOException {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
                throws IOException {
              if (!path.equals(folder) && fits(0)) {
                out.putNextEntry(new ZipEntry(name(path) + "/"));
                out.closeEntry();
              }
              return truncated ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                throws IOException {
              if (attributes.isRegularFile() && fits(attributes.size())) {
                add(path, attributes, out);
              }
              return truncated ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
          });
    }

    private boolean fits(long bytes) {
      truncated |= entriesLeft == 0 || bytes > bytesLeft;
      if (!truncated) {
        entriesLeft--;
        bytesLeft -= bytes;
      }
      return !truncated;
    }

    private void add(Path path, BasicFileAttributes attributes, ZipOutputStream out)
        throws IOException {
      var entry = new ZipEntry(name(path));
      entry.setTime(attributes.lastModifiedTime().toMillis());
      out.putNextEntry(entry);
      long written = 0;
      try (var in =
          Files.newInputStream(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
        // No further than its size when it was looked at: what still grows is not ours to wait for.
        while (written < attributes.size()) {
          int n = in.read(buffer, 0, (int) Math.min(buffer.length, attributes.size() - written));
          if (n < 0) {
            break;
          }
          out.write(buffer, 0, n);
          written += n;
        }
      }
      out.closeEntry();
      files.add(new OutputFile(name(path), written));
    }

    private String name(Path path) {
      return folder.relativize(path).toString();
    }
  }
}
