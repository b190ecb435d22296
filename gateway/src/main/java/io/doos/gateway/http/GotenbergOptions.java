package io.doos.gateway.http;

import io.doos.common.http.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The form fields of Gotenberg's LibreOffice route as options of a conversion to PDF. Names and
 * meanings: Gotenberg's documentation, "Convert with LibreOffice".
 */
final class GotenbergOptions {

  private static final Pattern PDF_A = Pattern.compile("PDF/A-([123]b)");

  /** Fields that are options of ours by another name. */
  private static final Map<String, String> FLAGS =
      Map.ofEntries(
          Map.entry("pdfua", "pdfua"),
          Map.entry("landscape", "landscape"),
          Map.entry("singlePageSheets", "singlePageSheets"),
          Map.entry("exportFormFields", "formFields"),
          Map.entry("exportBookmarks", "bookmarks"),
          Map.entry("exportNotes", "notes"),
          Map.entry("losslessImageCompression", "lossless"),
          // properties of LibreOffice's own
          Map.entry("allowDuplicateFieldNames", "AllowDuplicateFieldNames"),
          Map.entry("exportBookmarksToPdfDestination", "ExportBookmarksToPDFDestination"),
          Map.entry("exportPlaceholders", "ExportPlaceholders"),
          Map.entry("exportNotesPages", "ExportNotesPages"),
          Map.entry("exportOnlyNotesPages", "ExportOnlyNotesPages"),
          Map.entry("exportNotesInMargin", "ExportNotesInMargin"),
          Map.entry("convertOooTargetToPdfTarget", "ConvertOOoTargetToPDFTarget"),
          Map.entry("exportLinksRelativeFsys", "ExportLinksRelativeFsys"),
          Map.entry("exportHiddenSlides", "ExportHiddenSlides"),
          Map.entry("skipEmptyPages", "IsSkipEmptyPages"),
          Map.entry("addOriginalDocumentAsStream", "IsAddStream"));

  private static final Map<String, String> TEXTS =
      Map.of(
          "nativePageRanges", "pages",
          "password", "password",
          "userPassword", "openPassword",
          "ownerPassword", "editPassword",
          "nativeWatermarkText", "watermark",
          "nativeTiledWatermarkText", "TiledWatermark");

  /** What would change the result and is not done here: silence would be a wrong answer. */
  private static final Set<String> NOT_DONE =
      Set.of("merge", "flatten", "splitMode", "metadata", "downloadFrom", "embeds");

  private static final List<String> NOTHING = List.of("", "false", "{}", "[]");

  private GotenbergOptions() {}

  /**
   * The options; a field that is not known is passed over, as Gotenberg does.
   *
   * @throws Problem naming the field that cannot be done
   */
  static Map<String, Object> of(UploadedForm form) throws Problem {
    var options = new HashMap<String, Object>();
    for (var name : form.names()) {
      var value = form.field(name).orElse("").strip();
      if (NOT_DONE.contains(name) && !NOTHING.contains(value)) {
        throw Problem.of(400, "The field '" + name + "' is not supported here.");
      }
      if (value.isEmpty()) {
        continue;
      }
      if (FLAGS.containsKey(name)) {
        options.put(FLAGS.get(name), flag(name, value));
      } else if (TEXTS.containsKey(name)) {
        options.put(TEXTS.get(name), value);
      }
    }
    pdfA(form, options);
    images(form, options);
    return options;
  }

  private static void pdfA(UploadedForm form, Map<String, Object> options) throws Problem {
    var wanted = form.field("pdfa").filter(text -> !text.isBlank());
    if (wanted.isPresent()) {
      var found = PDF_A.matcher(wanted.get().strip());
      if (!found.matches()) {
        throw Problem.of(
            400, "'pdfa' is '" + wanted.get() + "', expected PDF/A-1b, PDF/A-2b or PDF/A-3b.");
      }
      options.put("pdfa", found.group(1));
    }
  }

  private static void images(UploadedForm form, Map<String, Object> options) throws Problem {
    var isLossless = Boolean.TRUE.equals(options.get("lossless"));
    var quality = form.field("quality").filter(text -> !text.isBlank());
    if (quality.isPresent() && !isLossless) {
      options.remove("lossless");
      options.put("quality", number("quality", quality.get()));
    }
    var reduces = form.field("reduceImageResolution").filter("true"::equals).isPresent();
    if (reduces) {
      options.put(
          "maxDpi", number("maxImageResolution", form.field("maxImageResolution").orElse("300")));
    }
  }

  private static boolean flag(String name, String value) throws Problem {
    return switch (value) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw Problem.of(400, "'" + name + "' is '" + value + "', expected true or false.");
    };
  }

  private static long number(String name, String value) throws Problem {
    try {
      return Long.parseLong(value.strip());
    } catch (NumberFormatException e) {
      throw Problem.of(400, "'" + name + "' is '" + value + "', expected a whole number.");
    }
  }
}
