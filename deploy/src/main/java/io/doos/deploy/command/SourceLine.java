package io.doos.deploy.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.deploy.client.DoosClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The line of a client's own source that an error speaks of.
 *
 * @param file where it is
 * @param number from 1
 * @param text without blanks around it
 */
record SourceLine(Path file, int number, String text) {

  private static final Pattern LINE = Pattern.compile("line (\\d{1,7})\\)$");

  /**
   * Finds it.
   *
   * @param error as {@code status.txt} has it, ending in {@code (main.script, line 3)}
   * @param files what was sent along
   */
  static Optional<SourceLine> of(String error, Path script, List<Path> files) {
    var line = LINE.matcher(error);
    if (!line.find()) {
      return Optional.empty();
    }
    var place = error.substring(0, line.start());
    return source(place, script, files)
        .flatMap(file -> read(file, Integer.parseInt(line.group(1))));
  }

  /** Names are looked for, not cut out: they may hold brackets and commas too. */
  private static Optional<Path> source(String place, Path script, List<Path> files) {
    if (place.endsWith("(") || place.endsWith("(" + DoosClient.SCRIPT_NAME + ", ")) {
      return Optional.of(script);
    }
    return files.stream()
        .filter(file -> place.endsWith("(" + file.getFileName() + ", "))
        .findFirst();
  }

  private static Optional<SourceLine> read(Path file, int number) {
    try {
      var lines = decoded(Files.readAllBytes(file)).split("\r\n|\r|\n", -1);
      return number < 1 || number > lines.length
          ? Optional.empty()
          : Optional.of(new SourceLine(file, number, lines[number - 1].strip()));
    } catch (IOException e) {
      return Optional.empty(); // it was readable a moment ago; the error stands without its line
    }
  }

  private static String decoded(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, Charset.forName("windows-1252"));
    }
  }
}
