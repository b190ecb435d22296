package io.doos.gateway.doos;

import io.doos.gateway.spool.Spool;
import io.doos.gateway.tcp.Connection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Writes replies as frames: a small one in a single write, since old clients read once; a spooled
 * one in pieces. A client that takes nothing for as long as allowed loses its connection.
 *
 * @param progress how long a client may take nothing
 */
record ReplyWriter(Duration progress) {

  void write(Connection connection, Reply reply) throws IOException {
    switch (reply) {
      case Reply.Text(var payload) -> writeText(connection, payload);
      case Reply.Farewell(var payload) -> writeText(connection, payload);
      case Reply.Spooled(var payload, var sha1) -> writeSpooled(connection, payload, sha1);
    }
  }

  private static void writeText(Connection connection, String payload) throws IOException {
    var bytes = payload.getBytes(StandardCharsets.UTF_8);
    var sha1 = HexFormat.of().formatHex(Sha1.digest().digest(bytes));
    var header = header(bytes.length, sha1);
    var frame = new byte[header.length + bytes.length];
    System.arraycopy(header, 0, frame, 0, header.length);
    System.arraycopy(bytes, 0, frame, header.length, bytes.length);
    connection.write(frame);
  }

  private void writeSpooled(Connection connection, Spool payload, String sha1) throws IOException {
    var header = header(payload.bytes(), sha1);
    try (var content = payload.all().open();
        var frame = new SequenceInputStream(new ByteArrayInputStream(header), content)) {
      connection.write(frame, header.length + payload.bytes(), progress);
    }
  }

  private static byte[] header(long payloadBytes, String sha1) {
    var length = FrameDecoder.CHECKSUM_AND_PIPE + payloadBytes;
    return (length + "|" + sha1 + "|").getBytes(StandardCharsets.US_ASCII);
  }
}
