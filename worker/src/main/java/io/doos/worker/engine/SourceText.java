package io.doos.worker.engine;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Turns the bytes of a source file into text. */
final class SourceText {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private SourceText() {}

  /** UTF-8, with or without a byte order mark, else Windows-1252; CR, LF and CRLF become LF. */
  static String of(byte[] bytes) {
    var text = decode(bytes);
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, WINDOWS_1252);
    }
  }
}
