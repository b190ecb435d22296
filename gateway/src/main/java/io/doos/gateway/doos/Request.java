package io.doos.gateway.doos;

import io.doos.gateway.access.Credentials;
import io.doos.gateway.spool.Slice;
import io.doos.gateway.spool.SpoolException;
import io.doos.gateway.tcp.Peer;
import java.util.ArrayList;
import java.util.List;

/**
 * A request whose checksum was right.
 *
 * @param layout where its files are in the payload
 * @param payload its bytes; worth as long as the session's spool is open
 * @param peer who sent it
 */
record Request(Arguments arguments, PayloadLayout layout, Slice payload, Peer peer) {

  /** A file with the name it was sent under, which nobody has checked yet and may be empty. */
  record SentFile(String name, Slice content) {}

  /** Reads the arguments; names and contents stay where they are. */
  static Request read(PayloadLayout layout, Slice payload, Peer peer) throws SpoolException {
    return new Request(arguments(layout.arguments(), payload), layout, payload, peer);
  }

  private static Arguments arguments(PayloadLayout.Span span, Slice payload) throws SpoolException {
    return Arguments.parse(text(payload, span));
  }

  /** What a client shows to be let in, of whose request no more than the arguments need be here. */
  static Credentials credentials(PayloadLayout.Span arguments, Slice payload, Peer peer)
      throws SpoolException {
    return credentials(arguments(arguments, payload), peer);
  }

  /** What the client shows to be let in. */
  Credentials credentials() {
    return credentials(arguments, peer);
  }

  private static Credentials credentials(Arguments arguments, Peer peer) {
    return peer.showing(arguments.value("token"));
  }

  /** The files as sent, in order. Reads their names into memory, which may be much. */
  List<SentFile> files() throws SpoolException {
    var files = new ArrayList<SentFile>(layout.files().size());
    for (var file : layout.files()) {
      var content = payload.slice(file.content().from(), file.content().bytes());
      files.add(new SentFile(text(payload, file.name()), content));
    }
    return files;
  }

  private static String text(Slice payload, PayloadLayout.Span span) throws SpoolException {
    return LegacyText.decode(payload.slice(span.from(), span.bytes()).read(Integer.MAX_VALUE));
  }
}
