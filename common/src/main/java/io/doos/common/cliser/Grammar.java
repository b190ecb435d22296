package io.doos.common.cliser;

import io.doos.common.cliser.Line.Bye;
import io.doos.common.cliser.Line.Err;
import io.doos.common.cliser.Line.Hello;
import io.doos.common.cliser.Line.Log;
import io.doos.common.cliser.Line.Ok;
import io.doos.common.cliser.Line.Query;
import io.doos.common.cliser.Line.Recv;
import io.doos.common.cliser.Line.Set;
import io.doos.common.cliser.Line.Warn;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How the lines of CLISER are written: <b>a reconstruction</b>. What is known of the original is
 * its commands and their meaning; words, blanks, quotes and limits are ours.
 *
 * <p>A line is UTF-8, ended by LF or CRLF: a command word in capitals (small letters are read too),
 * and after one blank its arguments. The last argument reaches to the end of the line, blanks
 * included, and is neither quoted nor escaped.
 */
public final class Grammar {

  /** What we speak. */
  public static final String VERSION = "2.0";

  /** No line is longer, its end not counted. */
  public static final int LONGEST_LINE_BYTES = 8 * 1024;

  private static final int LONGEST_TEXT_CHARACTERS = 1_500;
  private static final Pattern LENGTH = Pattern.compile("\\d{1,15}");
  private static final Pattern VERSION_FORM = Pattern.compile("\\d{1,4}(\\.\\d{1,4}){0,3}");

  private Grammar() {}

  /** What a line turned out to be. */
  public sealed interface Parsed {
    record Good(Line line) implements Parsed {}

    /**
     * None of the protocol's.
     *
     * @param why a sentence without its full stop
     */
    record Bad(String why) implements Parsed {}
  }

  /** Reads a line without its end. */
  public static Parsed parse(String text) {
    var command = head(text).toUpperCase(Locale.ROOT);
    var rest = tail(text);
    return switch (command) {
      case "HELLO" ->
          VERSION_FORM.matcher(rest.strip()).matches()
              ? good(new Hello(rest.strip()))
              : bad("HELLO takes a version such as 2.0");
      case "BYE" -> rest.isBlank() ? good(new Bye()) : bad("BYE takes nothing");
      case "OK" -> good(new Ok());
      case "WARN" -> good(new Warn(rest));
      case "ERR" -> good(new Err(rest));
      case "LOG" ->
          head(rest).isEmpty() ? bad("LOG takes a level") : good(new Log(head(rest), tail(rest)));
      case "SET" ->
          head(rest).isEmpty() ? bad("SET takes a name") : good(new Set(head(rest), tail(rest)));
      case "QUERY" ->
          rest.isBlank() ? bad("QUERY takes a system identifier") : good(new Query(rest.strip()));
      case "RECV" ->
          LENGTH.matcher(head(rest)).matches()
              ? good(new Recv(Long.parseLong(head(rest)), tail(rest).strip()))
              : bad("RECV takes a length in digits");
      default -> bad("There is no such command");
    };
  }

  /** Writes a line with its end. */
  public static byte[] write(Line line) {
    var text =
        switch (line) {
          case Hello(var version) -> "HELLO " + version;
          case Bye() -> "BYE";
          case Ok() -> "OK";
          case Warn(var why) -> "WARN " + plain(why);
          case Err(var why) -> "ERR " + plain(why);
          case Log(var level, var entry) -> "LOG " + level + " " + plain(entry);
          case Set(var name, var value) -> "SET " + name + " " + value;
          case Query(var systemId) -> "QUERY " + systemId;
          case Recv(var bytes, var what) -> "RECV " + bytes + " " + what;
        };
    if (text.chars().anyMatch(c -> c == '\n' || c == '\r')) {
      throw new IllegalArgumentException("a line of CLISER holds the end of a line");
    }
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String plain(String text) {
    var line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST_TEXT_CHARACTERS
        ? line
        : line.substring(0, LONGEST_TEXT_CHARACTERS) + "…";
  }

  private static String head(String text) {
    int blank = text.indexOf(' ');
    return blank < 0 ? text : text.substring(0, blank);
  }

  private static String tail(String text) {
    int blank = text.indexOf(' ');
    return blank < 0 ? "" : text.substring(blank + 1);
  }

  private static Parsed good(Line line) {
    return new Parsed.Good(line);
  }

  private static Parsed bad(String why) {
    return new Parsed.Bad(why);
  }
}
