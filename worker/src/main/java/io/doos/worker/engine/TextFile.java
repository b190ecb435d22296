package io.doos.worker.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * What the beginning of a file tells about it as text, which LibreOffice would have to be told: it
 * takes anything for text.
 *
 * @param isText whether it has no zero byte
 * @param utf8 whether it is valid UTF-8, else it is taken for Windows-1252
 * @param separator what most often stands between fields in its first line
 */
record TextFile(boolean isText, boolean utf8, char separator) {

  private static final int LOOK_BYTES = 64 * 1024;
  private static final String SEPARATORS = ",;\t|";
  private static final int UTF_8 = 76; // rtl_TextEncoding
  private static final int WINDOWS_1252 = 1;

  static TextFile of(Path file) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LOOK_BYTES);
    }
    var isText = IntStream.range(0, bytes.length).noneMatch(i -> bytes[i] == 0);
    var utf8 = isUtf8(bytes);
    return new TextFile(isText, utf8, separator(bytes));
  }

  /** For LibreOffice's filter of CSV files: separator, quote, encoding, first line. */
  String csvOptions() {
    return "%d,34,%d,1".formatted((int) separator, utf8 ? UTF_8 : WINDOWS_1252);
  }

  /** For LibreOffice's filter of encoded text. */
  String textOptions() {
    return utf8 ? "UTF8" : "MS_1252";
  }

  private static boolean isUtf8(byte[] bytes) {
    var content = ByteBuffer.wrap(bytes);
    if (bytes.length == LOOK_BYTES) {
      content.limit(lastCharacterStart(bytes)); // it may be cut
    }
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(content);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static int lastCharacterStart(byte[] bytes) {
    int start = bytes.length - 1;
    while (start > bytes.length - 4 && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    return start;
  }

  private static char separator(byte[] bytes) {
    var text = new String(bytes, Charset.forName("ISO-8859-1"));
    var best = ',';
    long most = 0;
    var line = text.lines().findFirst().orElse("").replaceAll("\"[^\"]*\"", "");
    for (int i = 0; i < SEPARATORS.length(); i++) {
      char candidate = SEPARATORS.charAt(i);
      long count = line.chars().filter(c -> c == candidate).count();
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }
}
