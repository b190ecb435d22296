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

  private static final Pattern PLACE =
      Pattern.compile("\\((?:(?<module>.+), )?line (?<line>\\d{1,7})\\)$");

  /**
   * Finds it.
   *
   * @param error as {@code status.txt} has it, ending in {@code (main.script, line 3)}
   * @param files what was sent along
   */
  static Optional<SourceLine> of(String error, Path script, List<Path> files) {
    var place = PLACE.matcher(error);
    if (!place.find()) {
      return Optional.empty();
    }
    var number = Integer.parseInt(place.group("line"));
    return source(place.group("module"), script, files).flatMap(file -> read(file, number));
  }

  private static Optional<Path> source(
      @org.jspecify.annotations.Nullable String module, Path script, List<Path> files) {
    if (module == null || module.equals(DoosClient.SCRIPT_NAME)) {
      return Optional.of(script);
    }
    return files.stream()
        .filter(file -> String.valueOf(file.getFileName()).equals(module))
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
