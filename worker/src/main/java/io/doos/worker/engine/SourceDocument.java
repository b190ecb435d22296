package io.doos.worker.engine;

import com.sun.star.beans.PropertyValue;
import com.sun.star.frame.XStorable;
import com.sun.star.lang.XComponent;
import com.sun.star.lang.XServiceInfo;
import io.doos.common.status.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document to convert: found out what it is, loaded unseen and read-only, its macros and links
 * left alone. It stays open until the next one is loaded, or the office is cleaned.
 *
 * @param kind what LibreOffice made of it
 */
record SourceDocument(XComponent component, DocumentKind kind) {

  private static final String TEXT_TYPE = "generic_Text";
  private static final String WEB_FILTER = "HTML";
  private static final String WEB_AS_TEXT_FILTER = "HTML (StarWriter)";
  private static final String CSV_FILTER = "Text - txt - csv (StarCalc)";

  /** Writes and reads text in an encoding that it is told. */
  static final String TEXT_FILTER = "Text (encoded)";

  // com.sun.star.document.UpdateDocMode and MacroExecMode
  private static final short NO_UPDATE = 0;
  private static final short NEVER_EXECUTE = 0;

  /** What a file is, as far as can be told without loading it. */
  private record Detected(String filter, @Nullable String filterOptions) {}

  /**
   * Loads a document.
   *
   * @param file as we see it
   * @param url as the office sees it
   * @param asText whether a web page is to be taken for a text document
   * @throws DocumentFault when it is not a document that LibreOffice reads, or wants a password
   */
  static SourceDocument load(
      OfficeBasic office, Path file, String url, @Nullable String password, boolean asText)
      throws DocumentFault, IOException {
    if (Files.size(file) == 0) {
      throw new DocumentFault(ErrorCode.BAD_DOCUMENT, "it is empty");
    }
    var detected = detect(office, file, url);
    var questions = new LoadQuestions(password);
    var arguments = new HashMap<String, Object>();
    arguments.put("Hidden", true);
    arguments.put("ReadOnly", true);
    arguments.put("UpdateDocMode", NO_UPDATE);
    arguments.put("MacroExecutionMode", NEVER_EXECUTE);
    arguments.put("InteractionHandler", questions);
    arguments.put(
        "FilterName",
        asText && detected.filter.equals(WEB_FILTER) ? WEB_AS_TEXT_FILTER : detected.filter);
    if (detected.filterOptions != null) {
      arguments.put("FilterOptions", detected.filterOptions);
    }
    var component = load(office.unseenFrame(), url, arguments, questions);
    var kind = DocumentKind.of(OfficeBasic.query(XServiceInfo.class, component));
    if (kind.isEmpty()) {
      throw new DocumentFault(
          ErrorCode.BAD_DOCUMENT, "LibreOffice opens it as something that cannot be exported");
    }
    return new SourceDocument(component, kind.get());
  }

  private static XComponent load(
      UnseenFrame frame, String url, Map<String, Object> arguments, LoadQuestions questions)
      throws DocumentFault {
    @Nullable XComponent component = null;
    var why = "it is damaged: LibreOffice cannot load it";
    try {
      component = frame.load(url, UnoValues.array(arguments));
    } catch (com.sun.star.io.IOException | com.sun.star.lang.IllegalArgumentException e) {
      why += e.getMessage() == null || e.getMessage().isBlank() ? "" : " (" + e.getMessage() + ")";
    }
    if (component != null) {
      return component;
    }
    throw questions.wantsPassword()
        ? new DocumentFault(
            ErrorCode.PASSWORD_REQUIRED,
            questions.hasPassword()
                ? "the given password does not open it"
                : "it asks for a password; give it as the option 'password'")
        : new DocumentFault(ErrorCode.BAD_DOCUMENT, why);
  }

  /** By content, with the extension as a hint; what is text by content only is refused. */
  private static Detected detect(OfficeBasic office, Path file, String url)
      throws DocumentFault, IOException {
    var detection = office.typeDetection();
    var descriptor = new PropertyValue[][] {UnoValues.array(Map.of("URL", url))};
    var type = detection.queryTypeByDescriptor(descriptor, true);
    if (type.isEmpty()) {
      throw new DocumentFault(ErrorCode.BAD_DOCUMENT, "it is of no type that LibreOffice reads");
    }
    var filter = UnoValues.text(UnoValues.map(descriptor[0]), "FilterName");
    if (!type.equals(TEXT_TYPE)) {
      return new Detected(filter, null);
    }
    var text = TextFile.of(file);
    var byName = detection.queryTypeByURL(url);
    if (!byName.isEmpty() && !byName.equals(TEXT_TYPE)) {
      throw new DocumentFault(
          ErrorCode.BAD_DOCUMENT,
          "it is not what its name says, nor anything else that LibreOffice knows");
    }
    if (!text.isText()) {
      throw new DocumentFault(ErrorCode.BAD_DOCUMENT, "it is neither text nor a known document");
    }
    return filter.equals(CSV_FILTER)
        ? new Detected(CSV_FILTER, text.csvOptions())
        : new Detected(TEXT_FILTER, text.textOptions());
  }

  /**
   * Writes it to {@code url}.
   *
   * @throws DocumentFault when the filter cannot
   */
  void store(String url, Map<String, Object> arguments) throws DocumentFault {
    try {
      OfficeBasic.query(XStorable.class, component).storeToURL(url, UnoValues.array(arguments));
    } catch (com.sun.star.io.IOException e) {
      throw new DocumentFault(
          ErrorCode.BAD_DOCUMENT, "it cannot be written: " + String.valueOf(e.getMessage()));
    }
  }
}
