package io.doos.gateway.doos;

import io.doos.gateway.spool.Slice;
import io.doos.gateway.spool.Spool;
import io.doos.gateway.spool.SpoolException;
import java.util.ArrayList;
import java.util.List;

/**
 * A request whose checksum was right.
 *
 * @param files as sent, in order; their bytes are in the session's spool
 * @param fromLoopback whether it came from this machine
 */
record Request(Arguments arguments, List<SentFile> files, boolean fromLoopback) {

  /** A file with the name it was sent under, which nobody has checked yet and may be empty. */
  record SentFile(String name, Slice content) {}

  Request {
    files = List.copyOf(files);
  }

  /** Reads arguments and names from the payload; contents stay where they are. */
  static Request read(PayloadLayout layout, Spool payload, boolean fromLoopback)
      throws SpoolException {
    var whole = payload.all();
    var files = new ArrayList<SentFile>(layout.files().size());
    for (var file : layout.files()) {
      var content = whole.slice(file.content().from(), file.content().bytes());
      files.add(new SentFile(text(whole, file.name()), content));
    }
    return new Request(Arguments.parse(text(whole, layout.arguments())), files, fromLoopback);
  }

  private static String text(Slice whole, PayloadLayout.Span span) throws SpoolException {
    return LegacyText.decode(whole.slice(span.from(), span.bytes()).read(Integer.MAX_VALUE));
  }
}
