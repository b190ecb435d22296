package io.doos.worker.engine;

import com.sun.star.script.provider.ScriptFrameworkErrorException;
import com.sun.star.uno.Any;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an office tells of a Basic error: by {@code Err}, {@code Erl} and {@code Error$} while the
 * failed macro still stands, and by what its invisible Basic IDE shows.
 *
 * @param number 0 when no macro stands, or the error is one of syntax
 * @param title of the IDE's frame, such as {@code My Macros & Dialogs.Library - LibreOffice Basic};
 *     empty without one
 * @param module the module that the IDE shows
 * @param path where its cursor is, such as {@code My Macros & Dialogs.Library.Module.Routine}
 * @param position where in the module, such as {@code Ln 4, Col 7}; up to a second late
 * @param dialog the text of a dialog that is open
 */
record BasicState(
    int number,
    int line,
    String text,
    String title,
    String module,
    String path,
    String position,
    String dialog) {

  static final String LIBRARY = "DoosProbe";

  private static final Pattern LINE = Pattern.compile("Ln (\\d+)");
  private static final Pattern TITLE = Pattern.compile(".*\\.(\\w+) - [^-]*");

  /** What is to be loaded as {@link #LIBRARY} before anything can be read. */
  static List<BasicModule> modules() {
    return List.of(BasicResource.module("DoosProbe"));
  }

  /**
   * Reads it. Within a listener that a failing macro waits for it tells of that macro.
   *
   * @return empty when Basic cannot run now: out of stack, or within the compilation of a library
   */
  static Optional<BasicState> read(OfficeBasic basic) throws ScriptFrameworkErrorException {
    var found = plain(basic.call(LIBRARY, "DoosProbe", "doosProbeState"));
    return found instanceof Object[] values && values.length == 8
        ? Optional.of(of(values))
        : Optional.empty();
  }

  private static BasicState of(Object[] values) {
    return new BasicState(
        number(values[0]),
        number(values[1]),
        text(values[2]),
        text(values[3]),
        text(values[4]),
        text(values[5]),
        text(values[6]),
        text(values[7]));
  }

  /** The library that the IDE shows. */
  Optional<String> library() {
    var matcher = TITLE.matcher(title);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The line that the IDE's cursor is in; empty while it does not say for {@code module}. */
  OptionalInt cursorLine(String library, String module) {
    var matcher = LINE.matcher(position);
    return (path + '.').contains('.' + library + '.' + module + '.') && matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  private static int number(Object value) {
    return plain(value) instanceof Number number ? number.intValue() : 0;
  }

  private static String text(Object value) {
    return plain(value) instanceof String text ? text : "";
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Any any ? any.getObject() : value;
  }
}
