package io.doos.gateway.doos;

import io.doos.gateway.spool.Slice;
import io.doos.gateway.spool.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as clients send it: UTF-8, with or without a byte order mark, or else Windows-1252, which
 * the old clients on Windows wrote.
 */
final class LegacyText {

  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private LegacyText() {}

  /** The text that {@code bytes} stand for, without a byte order mark. */
  static String decode(byte[] bytes) {
    var from = hasMark(bytes) ? MARK.length : 0;
    var rest = ByteBuffer.wrap(bytes, from, bytes.length - from);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(rest.duplicate()).toString();
    } catch (CharacterCodingException e) {
      return WINDOWS.decode(rest).toString();
    }
  }

  /**
   * The same text as UTF-8 without a byte order mark; line ends stay as they are.
   *
   * @param recoded an empty spool that takes the text when it was not UTF-8
   */
  static Slice toUtf8(Slice text, Spool recoded) throws IOException {
    var from =
        hasMark(text.slice(0, Math.min(MARK.length, text.bytes())).read(MARK.length)) ? 3 : 0;
    var rest = text.slice(from, text.bytes() - from);
    if (isUtf8(rest)) {
      return rest;
    }
    var writer = new OutputStreamWriter(recoded.sink(), StandardCharsets.UTF_8);
    try (Reader reader = new InputStreamReader(rest.open(), WINDOWS)) {
      reader.transferTo(writer);
    }
    writer.flush();
    return recoded.all();
  }

  private static boolean isUtf8(Slice text) throws IOException {
    var strict = StandardCharsets.UTF_8.newDecoder();
    try (InputStream bytes = text.open();
        Reader reader = new InputStreamReader(bytes, strict)) {
      reader.transferTo(Writer.nullWriter());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean hasMark(byte[] bytes) {
    return bytes.length >= MARK.length
        && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length);
  }
}
