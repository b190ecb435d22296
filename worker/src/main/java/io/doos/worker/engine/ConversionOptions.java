package io.doos.worker.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A conversion's options as LibreOffice takes them. Names that begin with a small letter are ours
 * and are checked; one with a capital is a property of LibreOffice's own filter data and passed on
 * as it is, {@code FilterOptions} among them.
 *
 * @param password opens documents that ask for one
 * @param landscape whether pages are laid across
 * @param filterData the export filter's properties
 * @param filterOptions the export filter's options as text, as filters of text formats want them
 */
record ConversionOptions(
    @Nullable String password,
    boolean landscape,
    Map<String, Object> filterData,
    @Nullable String filterOptions) {

  private static final String FILTER_OPTIONS = "FilterOptions";

  private static final Set<String> IMAGES =
      Set.of("png", "jpg", "jpeg", "gif", "webp", "tif", "tiff", "bmp");

  private static final Set<String> OF_ALL = Set.of("password");
  private static final Set<String> OF_IMAGES = Set.of("width", "height", "quality");
  private static final Set<String> OF_CSV =
      Set.of("separator", "quote", "encoding", "sheet", "quoteAll", "formulas", "raw");
  private static final Set<String> OF_PDF =
      Set.of(
          "pages",
          "pdfa",
          "pdfua",
          "tagged",
          "bookmarks",
          "notes",
          "formFields",
          "landscape",
          "quality",
          "lossless",
          "maxDpi",
          "openPassword",
          "editPassword",
          "watermark",
          "singlePageSheets");

  private static final Map<String, Integer> PDF_A = Map.of("1b", 1, "2b", 2, "3b", 3);
  private static final Map<String, Integer> ENCODINGS =
      Map.of("utf-8", 76, "windows-1252", 1, "iso-8859-1", 12, "iso-8859-15", 22, "utf-16", 65535);
  private static final Set<Long> DPI = Set.of(75L, 150L, 300L, 600L, 1200L);

  /** An option that makes no sense; the message says which, and what would. */
  static final class BadOptionException extends Exception {
    private static final long serialVersionUID = 1L;

    private BadOptionException(String message) {
      super(message);
    }
  }

  /**
   * Reads the options for a conversion to {@code extension}.
   *
   * @throws BadOptionException naming the first that makes no sense
   */
  static ConversionOptions of(String extension, Map<String, Object> options)
      throws BadOptionException {
    var to = extension.toLowerCase(Locale.ROOT);
    var known = known(to);
    var data = new HashMap<String, Object>();
    @Nullable String filterOptions = to.equals("csv") ? csv(options) : null;
    for (var option : options.entrySet()) {
      var name = option.getKey();
      if (name.equals(FILTER_OPTIONS)) {
        filterOptions = text(name, option.getValue());
      } else if (!name.isEmpty() && Character.isUpperCase(name.charAt(0))) {
        data.put(name, unoValue(option.getValue()));
      } else if (!known.contains(name)) {
        throw new BadOptionException(
            "There is no option '%s' for '%s'; there are %s"
                .formatted(name, to, String.join(", ", new TreeSet<>(known))));
      } else if (to.equals("pdf")) {
        pdf(name, option.getValue(), data);
      } else if (IMAGES.contains(to)) {
        image(name, option.getValue(), data);
      }
    }
    var password = options.get("password");
    return new ConversionOptions(
        password == null ? null : text("password", password),
        flag("landscape", options.getOrDefault("landscape", false)),
        Map.copyOf(data),
        filterOptions);
  }

  private static Set<String> known(String to) {
    var known = new TreeSet<>(OF_ALL);
    switch (to) {
      case "pdf" -> known.addAll(OF_PDF);
      case "csv" -> known.addAll(OF_CSV);
      case String image when IMAGES.contains(image) -> known.addAll(OF_IMAGES);
      default -> {}
    }
    return known;
  }

  /** Property names: LibreOffice, "PDF export filter data". */
  private static void pdf(String name, Object value, Map<String, Object> data)
      throws BadOptionException {
    switch (name) {
      case "pages" -> data.put("PageRange", pages(value));
      case "pdfa" -> data.put("SelectPdfVersion", oneOf(name, value, PDF_A));
      case "pdfua" -> data.put("PDFUACompliance", flag(name, value));
      case "tagged" -> data.put("UseTaggedPDF", flag(name, value));
      case "bookmarks" -> data.put("ExportBookmarks", flag(name, value));
      case "notes" -> data.put("ExportNotes", flag(name, value));
      case "formFields" -> data.put("ExportFormFields", flag(name, value));
      case "singlePageSheets" -> data.put("SinglePageSheets", flag(name, value));
      case "lossless" -> data.put("UseLosslessCompression", flag(name, value));
      case "watermark" -> data.put("Watermark", text(name, value));
      case "quality" -> {
        data.put("UseLosslessCompression", false);
        data.put("Quality", number(name, value, 1, 100));
      }
      case "maxDpi" -> {
        if (!(value instanceof Long dpi) || !DPI.contains(dpi)) {
          throw bad(name, value, "75, 150, 300, 600 or 1200");
        }
        data.put("ReduceImageResolution", true);
        data.put("MaxImageResolution", dpi.intValue());
      }
      case "openPassword" -> {
        data.put("EncryptFile", true);
        data.put("DocumentOpenPassword", text(name, value));
      }
      case "editPassword" -> {
        data.put("RestrictPermissions", true);
        data.put("PermissionPassword", text(name, value));
      }
      default -> {} // not the filter's
    }
  }

  private static void image(String name, Object value, Map<String, Object> data)
      throws BadOptionException {
    switch (name) {
      case "width" -> data.put("PixelWidth", number(name, value, 1, 20_000));
      case "height" -> data.put("PixelHeight", number(name, value, 1, 20_000));
      case "quality" -> data.put("Quality", number(name, value, 1, 100));
      default -> {} // of all formats
    }
  }

  /** The tokens of LibreOffice's CSV filter, "Filter Options for CSV" in its help. */
  private static String csv(Map<String, Object> options) throws BadOptionException {
    var sheet = options.getOrDefault("sheet", 1L);
    return "%d,%d,%d,1,,0,%b,%b,%b,false,false,%d"
        .formatted(
            character("separator", options.getOrDefault("separator", ",")),
            character("quote", options.getOrDefault("quote", "\"")),
            oneOf("encoding", options.getOrDefault("encoding", "utf-8"), ENCODINGS),
            flag("quoteAll", options.getOrDefault("quoteAll", false)),
            !flag("raw", options.getOrDefault("raw", false)),
            flag("formulas", options.getOrDefault("formulas", false)),
            "all".equals(sheet) ? -1 : number("sheet", sheet, 1, 10_000));
  }

  private static String pages(Object value) throws BadOptionException {
    var text = value instanceof Long number ? number.toString() : text("pages", value);
    if (!text.matches("\\s*\\d+\\s*(-\\s*\\d*)?(\\s*[,;]\\s*\\d+\\s*(-\\s*\\d*)?)*\\s*")) {
      throw bad("pages", value, "page numbers and ranges, such as 1-3,7");
    }
    return text;
  }

  private static int character(String name, Object value) throws BadOptionException {
    if (value instanceof String text) {
      if (text.equalsIgnoreCase("tab")) {
        return '\t';
      }
      if (text.length() == 1) {
        return text.charAt(0);
      }
    }
    throw bad(name, value, "one character, or tab");
  }

  private static String text(String name, Object value) throws BadOptionException {
    if (value instanceof String text) {
      return text;
    }
    throw bad(name, value, "text");
  }

  private static boolean flag(String name, Object value) throws BadOptionException {
    return switch (value) {
      case Boolean flag -> flag;
      case String text when text.equals("true") || text.equals("false") -> text.equals("true");
      default -> throw bad(name, value, "true or false");
    };
  }

  private static int number(String name, Object value, int least, int most)
      throws BadOptionException {
    if (value instanceof Long number && number >= least && number <= most) {
      return number.intValue();
    }
    throw bad(name, value, "a number from %d to %d".formatted(least, most));
  }

  private static int oneOf(String name, Object value, Map<String, Integer> choices)
      throws BadOptionException {
    var found =
        value instanceof String text ? choices.get(text.toLowerCase(Locale.ROOT)) : (Integer) null;
    if (found == null) {
      throw bad(name, value, "one of " + String.join(", ", new TreeSet<>(choices.keySet())));
    }
    return found;
  }

  /** LibreOffice's integers are of 32 bits. */
  private static Object unoValue(Object value) {
    return switch (value) {
      case Long number when number == number.intValue() -> number.intValue();
      case List<?> list -> list.stream().map(ConversionOptions::unoValue).toArray();
      default -> value;
    };
  }

  private static BadOptionException bad(String name, Object value, String expected) {
    var shown =
        name.toLowerCase(Locale.ROOT).endsWith("password") ? "what it is" : "'" + value + "'";
    return new BadOptionException(
        "The option '%s' cannot be %s: it is %s".formatted(name, shown, expected));
  }
}
