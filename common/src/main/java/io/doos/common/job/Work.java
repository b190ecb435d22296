package io.doos.common.job;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a worker is asked to do with a job's files. */
public sealed interface Work {

  /** The word that stands for this kind of work in the job message. */
  String kind();

  /**
   * Runs a StarBasic macro.
   *
   * @param script the name of the file that holds the main module
   * @param function the Basic function or sub to call in it
   * @param arguments what it is called with: strings, numbers (Long, Double), booleans and lists of
   *     these; mostly empty
   */
  record RunMacro(String script, String function, List<Object> arguments) implements Work {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");

    /** The name that a script sent over the doos protocol always has. */
    public static final String MAIN_SCRIPT = "main.script";

    /**
     * @throws IllegalArgumentException when {@code function} is not a Basic identifier
     */
    public RunMacro {
      FileName.check(script);
      if (!isIdentifier(function)) {
        throw new IllegalArgumentException("'" + function + "' is not a Basic identifier");
      }
      arguments = List.copyOf(arguments);
    }

    /**
     * Whether {@code name} can name a Basic function: a letter or '_', then letters, digits and
     * '_', 255 at most.
     */
    public static boolean isIdentifier(String name) {
      return IDENTIFIER.matcher(name).matches();
    }

    @Override
    public String kind() {
      return "macro";
    }
  }

  /**
   * Converts every file of the job.
   *
   * @param to the wanted extension, such as {@code pdf}
   * @param filter the LibreOffice filter name, or null to choose by {@code to} and the document
   * @param options filter options by name
   */
  record Convert(String to, @Nullable String filter, Map<String, Object> options) implements Work {
    public Convert {
      if (to.isBlank()) {
        throw new IllegalArgumentException("'to' is empty");
      }
      options = Map.copyOf(options);
    }

    @Override
    public String kind() {
      return "convert";
    }
  }

  /**
   * Formats an XSL-FO document.
   *
   * @param source the name of the file that holds the document
   * @param to the media type of the pages, such as {@code application/pdf}
   */
  record Format(String source, String to) implements Work {
    public Format {
      FileName.check(source);
      if (to.isBlank()) {
        throw new IllegalArgumentException("'to' is empty");
      }
    }

    @Override
    public String kind() {
      return "format";
    }
  }
}
