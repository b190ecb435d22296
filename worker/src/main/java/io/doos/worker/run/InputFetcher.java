package io.doos.worker.run;

import io.doos.common.job.Bundle;
import io.doos.common.job.FileName;
import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.status.ErrorCode;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Brings a job's input files from its message and the bucket into its workspace. */
final class InputFetcher {

  private final ObjectStore store;
  private final long maxBytes;

  /**
   * @param maxBytes what all files of a job may take unzipped: a small zip can hold a very large
   *     file
   */
  InputFetcher(ObjectStore store, long maxBytes) {
    this.store = store;
    this.maxBytes = maxBytes;
  }

  /**
   * Puts all input files into the workspace's input folder, in place of what an earlier try left
   * there.
   *
   * @return the workspace
   * @throws JobFault when a file is missing, damaged, badly named or too large, or this worker's
   *     disk failed
   * @throws StoreFailure when the store cannot be read now
   */
  Workspace fetch(JobMessage message, Workspace workspace) throws JobFault, StoreFailure {
    try {
      workspace.clear();
      fetchInto(message, workspace);
      return workspace;
    } catch (IOException e) {
      throw new JobFault(ErrorCode.INTERNAL, "The worker's disk failed: " + e);
    }
  }

  private void fetchInto(JobMessage message, Workspace workspace)
      throws JobFault, StoreFailure, IOException {
    var budget = new Budget(maxBytes);
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
  }

  private void unpack(Bundle bundle, Workspace workspace, Budget budget)
      throws JobFault, StoreFailure, IOException {
    var zip = workspace.scratch("bundle.zip");
    var sha256 = Sha256.digest();
    try (var opened = open(bundle.object())) {
      copyFromStore(new DigestInputStream(opened.content(), sha256), zip, bundle.object());
    }
    if (!HexFormat.of().formatHex(sha256.digest()).equals(bundle.sha256())) {
      throw new JobFault(
          ErrorCode.INPUT_MISSING,
          "The bundle '" + bundle.object() + "' is not the one that was sent: its SHA-256 differs");
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

  private static void copyFromStore(InputStream content, Path to, String object)
      throws StoreFailure {
    try {
      Files.copy(content, to);
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

  /** What is left of the bytes that a job may bring. */
  private static final class Budget {
    private final long limit;
    private long left;

    Budget(long bytes) {
      this.limit = bytes;
      this.left = bytes;
    }

    void copy(InputStream from, java.io.OutputStream to) throws IOException, JobFault {
      var buffer = new byte[16 * 1024];
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        left -= n;
        if (left < 0) {
          throw new JobFault(
              ErrorCode.BAD_JOB,
              "The input takes more than " + limit + " bytes unzipped, the limit job.max-input");
        }
        to.write(buffer, 0, n);
      }
    }
  }
}
