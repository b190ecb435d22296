package io.doos.gateway.results;

import io.doos.common.status.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A result being read, with an eye on its size and its SHA-256. */
record CheckedResult(Result result, InputStream content) {

  private static final int PIECE_BYTES = 32 * 1024;

  /**
   * Writes all of it.
   *
   * @throws IOException when it is not what the job left, or {@code target} failed; by then bytes
   *     may have been written
   */
  void transferTo(OutputStream target) throws IOException {
    var sha256 = sha256();
    var piece = new byte[PIECE_BYTES];
    var bytes = 0L;
    for (int count; (count = content.read(piece)) >= 0; ) {
      bytes += count;
      if (bytes > result.bytes()) {
        break;
      }
      sha256.update(piece, 0, count);
      target.write(piece, 0, count);
    }
    if (bytes != result.bytes()) {
      throw damaged("does not have the " + result.bytes() + " bytes of its status");
    }
    if (!HexFormat.of().formatHex(sha256.digest()).equals(result.sha256())) {
      throw damaged("does not have the SHA-256 of its status");
    }
  }

  private IOException damaged(String how) {
    return new IOException("The result " + result.object() + " " + how);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
