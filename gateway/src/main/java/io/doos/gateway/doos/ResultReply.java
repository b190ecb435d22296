package io.doos.gateway.doos;

import io.doos.common.status.Result;
import io.doos.gateway.results.Results;
import io.doos.gateway.results.Unavailable;
import io.doos.gateway.spool.Spool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The reply that carries a result. Its checksum goes ahead of it, so all of it is spooled while the
 * checksum is computed; and none of it leaves unless the result is what the job left.
 */
final class ResultReply {

  private ResultReply() {}

  /**
   * Spools the reply.
   *
   * @param payload an empty spool, the reply's from here on unless this throws
   * @return empty when the result is gone; the spool is closed then
   */
  static Optional<Reply> spooled(Results results, Result result, Spool payload)
      throws Unavailable, IOException {
    var sha1 = Sha1.digest();
    @SuppressWarnings("resource") // closing it would close nothing: the spool is the reply's
    var sink = new DigestOutputStream(payload.sink(), sha1);
    sink.write(Replies.RESULT_START.getBytes(StandardCharsets.US_ASCII));
    if (!results.copy(result, sink)) {
      payload.close();
      return Optional.empty();
    }
    sink.write(Replies.RESULT_END.getBytes(StandardCharsets.US_ASCII));
    return Optional.of(new Reply.Spooled(payload, HexFormat.of().formatHex(sha1.digest())));
  }
}
