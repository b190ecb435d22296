package io.doos.worker.run;

import io.doos.common.status.Result;
import io.doos.common.status.Result.OutputFile;
import io.doos.common.store.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes the result zip of what a job left. Links and special files are a stranger's attempt to make
 * us read something else: they are left out, never followed. So are files that the job closed to
 * itself, and so to us where we are the same user.
 */
public final class OutputPacker {

  /** Deeper folders are left out: their names would outgrow what a zip can hold. */
  static final int MAX_DEPTH = 64;

  private static final int BUFFER_BYTES = 16 * 1024;

  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private static final Pattern UNSAFE = Pattern.compile("[\\\\\\p{Cntrl}]");

  /** Most of what offices write: to compress it once more would cost time and save nothing. */
  private static final Pattern COMPRESSED =
      Pattern.compile(
          ".*\\.(pdf|png|jpe?g|gif|webp|zip|gz|epub|od[tsgpm]|ot[tsgp]|doc[xm]|xls[xm]|ppt[xm])",
          Pattern.CASE_INSENSITIVE);

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

  Limits limits() {
    return limits;
  }

  /**
   * Zips everything below {@code folder}, which no office may find by its name any more, into
   * {@code zip}. A folder that is none, but a file or a link, gives an empty zip.
   */
  Packed pack(Path folder, Path zip) throws IOException {
    var sha256 = Sha256.digest();
    var packing = new Packing(folder);
    // a zip's headers are written byte by byte
    try (var out =
        new ZipOutputStream(
            new BufferedOutputStream(
                new DigestOutputStream(Files.newOutputStream(zip), sha256), BUFFER_BYTES))) {
      packing.into(out);
    }
    return new Packed(zip, Files.size(zip), Sha256.hex(sha256), packing.files, packing.truncated);
  }

  private final class Packing {
    private final Path folder;
    private final List<OutputFile> files = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long bytesLeft = limits.maxBytes();
    private int entriesLeft = limits.maxFiles();
    private boolean truncated;

    Packing(Path folder) {
      this.folder = folder;
    }

    void into(ZipOutputStream out) throws IOException {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        try (var entries = Files.newDirectoryStream(folder)) {
          pack((SecureDirectoryStream<Path>) entries, "", 1, out); // always one, on Linux
        }
      }
    }

    /**
     * Every step goes through an open directory: what the job left running may still work in here,
     * and could else exchange a folder for a link between our look and our reading.
     */
    private void pack(
        SecureDirectoryStream<Path> entries, String prefix, int depth, ZipOutputStream out)
        throws IOException {
      for (var entry : entries) {
        var name = entry.getFileName();
        var attributes =
            entries
                .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        if (attributes.isDirectory()) {
          truncated |= depth > MAX_DEPTH;
          if (fits(0)) {
            var path = unused(prefix + name) + "/";
            out.putNextEntry(new ZipEntry(path));
            out.closeEntry();
            try (var below = entries.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
              pack(below, path, depth + 1, out);
            } catch (AccessDeniedException e) {
              // it stays an empty folder
            }
          }
        } else if (attributes.isRegularFile() && fits(attributes.size())) {
          try (var content = entries.newByteChannel(name, READ)) {
            add(unused(prefix + name), attributes, Channels.newInputStream(content), out);
          } catch (AccessDeniedException e) {
            entriesLeft++;
            bytesLeft += attributes.size();
          }
        }
        if (truncated) {
          return;
        }
      }
    }

    /**
     * Names that are no UTF-8 come out with the same replacement characters, and ones that other
     * systems take for a path or an order to the terminal without that.
     */
    private String unused(String path) {
      var plain = UNSAFE.matcher(path).replaceAll("_");
      var name = plain;
      for (int number = 2; !names.add(name); number++) {
        name = plain + "~" + number;
      }
      return name;
    }

    private boolean fits(long bytes) {
      truncated |= entriesLeft == 0 || bytes > bytesLeft;
      if (!truncated) {
        entriesLeft--;
        bytesLeft -= bytes;
      }
      return !truncated;
    }

    private void add(
        String path, BasicFileAttributes attributes, InputStream content, ZipOutputStream out)
        throws IOException {
      var entry = new ZipEntry(path);
      entry.setTime(attributes.lastModifiedTime().toMillis());
      out.setLevel(
          COMPRESSED.matcher(path).matches() ? Deflater.NO_COMPRESSION : Deflater.BEST_SPEED);
      out.putNextEntry(entry);
      long written = 0;
      // No further than its size when it was looked at: what still grows is not ours to wait for.
      while (written < attributes.size()) {
        int n = content.read(buffer, 0, (int) Math.min(buffer.length, attributes.size() - written));
        if (n < 0) {
          break;
        }
        out.write(buffer, 0, n);
        written += n;
      }
      out.closeEntry();
      files.add(new OutputFile(path, written));
    }
  }
}
