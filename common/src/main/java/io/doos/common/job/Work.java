package io.doos.common.job;

import java.util.List;
import java.util.Map;
import java.util.Set;
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
   * @param references what the document refers to beyond the job's files by their own names
   * @param options options of formatting by name, such as {@code PDF_A}
   */
  record Format(String source, String to, References references, Map<String, String> options)
      implements Work {

    /**
     * What a document's references stand for.
     *
     * @param base the document's system identifier, or null for the file's own name; what it refers
     *     to is relative to this
     * @param files the names of the job's files by the references, absolute, that they stand for
     * @param absent references, absolute, that are known to lead nowhere: these images are left out
     */
    public record References(@Nullable String base, Map<String, String> files, Set<String> absent) {

      /** All that the document refers to are files of the job, by their names. */
      public static final References NONE = new References(null, Map.of(), Set.of());

      public References {
        files.values().forEach(FileName::check);
        files = Map.copyOf(files);
        absent = Set.copyOf(absent);
      }
    }

    /** Formats a document that refers to files of the job only. */
    public Format(String source, String to) {
      this(source, to, References.NONE, Map.of());
    }

    public Format {
      FileName.check(source);
      if (to.isBlank()) {
        throw new IllegalArgumentException("'to' is empty");
      }
      options = Map.copyOf(options);
    }

    @Override
    public String kind() {
      return "format";
    }
  }
}
