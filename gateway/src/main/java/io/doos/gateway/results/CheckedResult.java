package io.doos.gateway.results;

import io.doos.common.status.Result;
import io.doos.common.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

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
    var sha256 = Sha256.digest();
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
    if (!Sha256.hex(sha256).equals(result.sha256())) {
      throw damaged("does not have the SHA-256 of its status");
    }
  }

  private IOException damaged(String how) {
    return new IOException("The result " + result.object() + " " + how);
  }
}
