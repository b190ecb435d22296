package io.doos.worker.fop;

import io.doos.common.format.SystemId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a formatter says, and the form in which it travels: any number of log entries, then one of
 * the others. Texts for people come without what URLs in them have before an '@'. Whoever reads
 * does not trust the writer: a stranger's document is at work there.
 */
public sealed interface FormatReply {

  /** Texts are cut at this, so that they fit their form whatever is in them. */
  int LONGEST_TEXT = 4_000;

  /** More references than this nobody can bring. */
  int MOST_NEEDS = 4_096;

  /** How much a log entry matters; the words are those of the log. */
  enum Level {
    INFO,
    WARN,
    ERROR
  }

  /** Something happened while it formats. */
  record Log(Level level, String text) implements FormatReply {}

  /** It is ready for a request, or has done one: the pages are in their file. */
  record Done() implements FormatReply {}

  /** It has done a request, and these are the pages. */
  @SuppressWarnings("ArrayRecordComponent") // written or read once, never compared
  record Pages(byte[] content) implements FormatReply {}

  /** The document needs these, which are not there; no pages were kept. */
  record Missing(List<String> references) implements FormatReply {
    public Missing {
      references = List.copyOf(references);
    }
  }

  /** The document is at fault. */
  record Bad(String why) implements FormatReply {}

  /** Writes it. */
  default void write(DataOutputStream out) throws IOException {
    switch (this) {
      case Log(var level, var text) -> {
        out.writeByte('L');
        out.writeUTF(level.name());
        out.writeUTF(cut(SystemId.withoutCredentials(text)));
      }
      case Done() -> out.writeByte('D');
      case Pages(var content) -> {
        out.writeByte('P');
        out.writeInt(content.length);
        out.write(content);
      }
      case Missing(var references) -> {
        out.writeByte('M');
        var some = references.subList(0, Math.min(references.size(), MOST_NEEDS));
        out.writeInt(some.size());
        for (var reference : some) {
          out.writeUTF(cut(reference));
        }
      }
      case Bad(var why) -> {
        out.writeByte('B');
        out.writeUTF(cut(SystemId.withoutCredentials(why)));
      }
    }
    if (!(this instanceof Log)) {
      out.flush();
    }
  }

  /**
   * Reads one.
   *
   * @throws IOException when the formatter has gone, or says what none says
   */
  static FormatReply read(DataInputStream in) throws IOException {
    var kind = in.readByte();
    return switch (kind) {
      case 'L' -> new Log(level(in.readUTF()), in.readUTF());
      case 'D' -> new Done();
      case 'P' -> {
        int length = in.readInt();
        if (length < 0 || length > FormatRequest.MOST_BYTES) {
          throw new IOException("the formatter has " + length + " bytes of pages");
        }
        var content = new byte[length];
        in.readFully(content);
        yield new Pages(content);
      }
      case 'M' -> {
        int count = in.readInt();
        if (count < 1 || count > MOST_NEEDS) {
          throw new IOException("the formatter names " + count + " references");
        }
        var references = new ArrayList<String>();
        for (; count > 0; count--) {
          references.add(in.readUTF());
        }
        yield new Missing(references);
      }
      case 'B' -> new Bad(in.readUTF());
      default -> throw new IOException("the formatter says " + kind);
    };
  }

  private static Level level(String name) throws IOException {
    try {
      return Level.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("the formatter logs at level " + name, e);
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }
}
