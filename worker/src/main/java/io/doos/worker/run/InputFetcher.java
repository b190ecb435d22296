package io.doos.worker.run;

import io.doos.common.job.Bundle;
import io.doos.common.job.FileName;
import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.status.ErrorCode;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.Sha256;
import io.doos.common.store.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.function.LongConsumer;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Brings a job's input files from its message and the bucket into its workspace. */
public final class InputFetcher {

  /** A bundle whose list of files takes more than this for each is no honest one. */
  private static final int LISTING_BYTES_PER_FILE = 1536;

  /** So that a job with one small file may still come in a bundle. */
  private static final int LEAST_LISTING_BYTES = 64 * 1024;

  private final ObjectStore store;
  private final Limits limits;
  private final LongConsumer fetched;

  /**
   * How much a job may bring.
   *
   * @param maxBytes of all files together, unzipped: a small zip can hold a very large file
   * @param maxFiles how many
   */
  public record Limits(long maxBytes, int maxFiles) {}

  InputFetcher(ObjectStore store, Limits limits) {
    this(store, limits, _ -> {});
  }

  /**
   * @param fetched told the bytes of all files of each job that were put in place
   */
  InputFetcher(ObjectStore store, Limits limits, LongConsumer fetched) {
    this.store = store;
    this.limits = limits;
    this.fetched = fetched;
  }

  /**
   * Puts all input files into the workspace's input folder, in place of what an earlier try left
   * there.
   *
   * @return what the job may bring beyond these
   * @throws JobFault when a file is missing, damaged, badly named or too large, or this worker's
   *     disk failed
   * @throws StoreFailure when the store cannot be read now
   */
  Limits fetch(JobMessage message, Workspace workspace) throws JobFault, StoreFailure {
    try {
      workspace.clear();
      return fetchInto(message, workspace);
    } catch (IOException e) {
      throw new JobFault(ErrorCode.INTERNAL, "The worker's disk failed: " + e);
    }
  }

  private Limits fetchInto(JobMessage message, Workspace workspace)
      throws JobFault, StoreFailure, IOException {
    var budget = new Budget(limits);
    if (message.bundle() != null) {
      unpack(message.bundle(), workspace, budget);
    }
    for (var file : message.files()) {
      switch (file) {
        case InputFile.Inline(var name, var content) ->
            place(workspace, name, new ByteArrayInputStream(content), budget);
        case InputFile.Stored(var name, var object) -> {
          try (var opened = open(object)) {
            place(workspace, name, opened.content(), budget);
          }
        }
      }
    }
    fetched.accept(budget.used());
    return new Limits(budget.left, budget.filesLeft);
  }

  private void unpack(Bundle bundle, Workspace workspace, Budget budget)
      throws JobFault, StoreFailure, IOException {
    var zip = workspace.scratch("bundle.zip");
    var sha256 = Sha256.digest();
    try (var opened = open(bundle.object())) {
      // what is read is at least as long as what it unpacks to, but for its headers
      var most = limits.maxBytes() + listingLimit() * 2;
      if (copyFromStore(
              new DigestInputStream(opened.content(), sha256), zip, most + 1, bundle.object())
          > most) {
        throw budget.tooLarge();
      }
    }
    if (!Sha256.hex(sha256).equals(bundle.sha256())) {
      throw new JobFault(
          ErrorCode.INPUT_MISSING,
          "The bundle '" + bundle.object() + "' is not the one that was sent: its SHA-256 differs");
    }
    if (ZipListing.bytes(zip) > listingLimit()) {
      throw budget.tooMany(); // it would be read into memory at once
    }
    try (var entries = new ZipFile(zip.toFile())) {
      for (var all = entries.entries(); all.hasMoreElements(); ) {
        var entry = all.nextElement();
        if (!entry.isDirectory()) {
          try (var content = entries.getInputStream(entry)) {
            place(workspace, entry.getName(), content, budget);
          }
        }
      }
    } catch (ZipException e) {
      throw new JobFault(
          ErrorCode.BAD_JOB, "The bundle '" + bundle.object() + "' is no zip: " + e.getMessage());
    }
    Files.delete(zip);
  }

  private long listingLimit() {
    return LEAST_LISTING_BYTES + (long) LISTING_BYTES_PER_FILE * limits.maxFiles();
  }

  private static long copyFromStore(InputStream content, Path to, long most, String object)
      throws StoreFailure {
    try (var out = Files.newOutputStream(to)) {
      var buffer = new byte[64 * 1024];
      long copied = 0;
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        out.write(buffer, 0, n);
        copied += n;
        if (copied >= most) {
          break;
        }
      }
      return copied;
    } catch (IOException e) {
      throw new StoreFailure.Unavailable(
          "reading '" + object + "' broke off: " + e.getMessage(), e);
    }
  }

  private ObjectStore.OpenObject open(String object) throws JobFault, StoreFailure {
    return store
        .open(object)
        .orElseThrow(() ->
            new JobFault(
                ErrorCode.INPUT_MISSING, "There is no object '" + object + "' in the bucket"));
  }

  private static void place(Workspace workspace, String name, InputStream content, Budget budget)
      throws JobFault, IOException {
    budget.takeFile();
    try {
      var target = workspace.input().resolve(FileName.check(name));
      Files.createDirectories(target.getParent());
      try (var out = Files.newOutputStream(target, java.nio.file.StandardOpenOption.CREATE_NEW)) {
        budget.copy(content, out);
      }
    } catch (IllegalArgumentException e) {
      throw new JobFault(ErrorCode.BAD_JOB, String.valueOf(e.getMessage()));
    } catch (FileAlreadyExistsException e) {
      throw new JobFault(ErrorCode.BAD_JOB, "Two input files are named '" + name + "'");
    } catch (FileSystemException e) {
      throw new JobFault(
          ErrorCode.BAD_JOB, "The input file '" + name + "' cannot be placed: " + e.getReason());
    }
  }

  /** What is left of what a job may bring. */
  private static final class Budget {
    private final Limits limits;
    private long left;
    private int filesLeft;

    Budget(Limits limits) {
      this.limits = limits;
      this.left = limits.maxBytes();
      this.filesLeft = limits.maxFiles();
    }

    JobFault tooLarge() {
      return new JobFault(
          ErrorCode.INPUT_TOO_LARGE,
          "The input takes more than the %d bytes, unzipped, that job.max-input allows"
              .formatted(limits.maxBytes()));
    }

    JobFault tooMany() {
      return new JobFault(
          ErrorCode.INPUT_TOO_LARGE,
          "The input has more than the %d files that job.max-input-files allows"
              .formatted(limits.maxFiles()));
    }

    void takeFile() throws JobFault {
      if (filesLeft-- == 0) {
        throw tooMany();
      }
    }

    long used() {
      return limits.maxBytes() - left;
    }

    void copy(InputStream from, java.io.OutputStream to) throws IOException, JobFault {
      var buffer = new byte[16 * 1024];
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        left -= n;
        if (left < 0) {
          throw tooLarge();
        }
        to.write(buffer, 0, n);
      }
    }
  }
}
