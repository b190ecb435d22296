package io.doos.worker.office;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The unix sockets that an office makes in a folder that it shares with others: the one it accepts
 * on, and one by which a second office on the same profile would find it, which we never need. A
 * killed office leaves both.
 */
record OfficePipes(Path folder, String accepted, String profile) {

  /** Deletes them where they are left. */
  void delete() throws IOException {
    for (var name : new String[] {accepted, "SingleOfficeIPC_" + digest()}) {
      try (var pipes = Files.newDirectoryStream(folder, "OSL_PIPE_*" + name)) {
        for (var pipe : pipes) {
          Files.deleteIfExists(pipe);
        }
      }
    }
  }

  /** As {@code desktop/source/app/officeipcthread.cxx} has it: bytes without leading zeros. */
  private String digest() {
    try {
      var url = UserInstallation.url(profile).getBytes(StandardCharsets.UTF_16LE);
      var digest = new StringBuilder();
      for (var part : MessageDigest.getInstance("MD5").digest(url)) {
        digest.append(Integer.toHexString(Byte.toUnsignedInt(part)));
      }
      return digest.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
