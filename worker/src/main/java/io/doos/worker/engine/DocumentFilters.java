package io.doos.worker.engine;

import com.sun.star.container.XNameAccess;
import io.doos.common.status.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a LibreOffice can write, by its own filter tables; the same for all offices of one
 * installation.
 *
 * @param exports all filters that write a document
 */
record DocumentFilters(List<Export> exports) {

  // com.sun.star.document.FilterFactory: the flags of a filter
  private static final int EXPORT = 0x2;
  private static final int DEFAULT = 0x100;
  private static final int THIRD_PARTY = 0x80000;
  private static final int PREFERRED = 0x10000000;

  /** Undocumented; tells "MS Word 2007 XML" from "Office Open XML Text", which nobody means. */
  private static final int COMMON = 0x40000000;

  /**
   * A filter that writes documents of one kind.
   *
   * @param kind the service that a document must support, such as {@code
   *     com.sun.star.text.TextDocument}
   * @param extensions in lower case, without a dot
   */
  record Export(String name, String kind, Collection<String> extensions, int flags) {

    /** The higher, the more likely it is what one means by its extension. */
    private int rank() {
      return has(COMMON, 16)
          + has(PREFERRED, 8)
          + has(DEFAULT, 4)
          + (name.equals(SourceDocument.TEXT_FILTER) ? 9 : 0) // the other writes who knows what
          - has(THIRD_PARTY, 2);
    }

    private int has(int flag, int weight) {
      return (flags & flag) != 0 ? weight : 0;
    }
  }

  /** Reads the tables of an office; takes some 50 ms. */
  static DocumentFilters of(OfficeBasic office) {
    var types = table(office, "com.sun.star.document.TypeDetection");
    var exports = new ArrayList<Export>();
    for (var filter : table(office, "com.sun.star.document.FilterFactory").entrySet()) {
      var flags = filter.getValue().get("Flags") instanceof Integer number ? number : 0;
      var type = types.get(UnoValues.text(filter.getValue(), "Type"));
      if ((flags & EXPORT) != 0 && type != null) {
        exports.add(
            new Export(
                filter.getKey(),
                UnoValues.text(filter.getValue(), "DocumentService"),
                UnoValues.texts(type, "Extensions"),
                flags));
      }
    }
    return new DocumentFilters(List.copyOf(exports));
  }

  private static Map<String, Map<String, Object>> table(OfficeBasic office, String service) {
    var names = office.service(XNameAccess.class, service);
    var table = new HashMap<String, Map<String, Object>>();
    try {
      for (var name : names.getElementNames()) {
        table.put(name, UnoValues.map(names.getByName(name)));
      }
    } catch (com.sun.star.container.NoSuchElementException
        | com.sun.star.lang.WrappedTargetException e) {
      throw new IllegalStateException("the office's " + service + " cannot be read", e);
    }
    return table;
  }

  /**
   * The filter that writes a document of {@code kind} as {@code extension}.
   *
   * @throws DocumentFault saying what it could be written as
   */
  Export to(String extension, String kind) throws DocumentFault {
    return find(extension, kind).orElseThrow(() -> cannotBe(extension, kind));
  }

  /** Whether a document of {@code kind} can be written as {@code extension}. */
  boolean canBe(String extension, DocumentKind kind) {
    return find(extension, kind.service()).isPresent();
  }

  private Optional<Export> find(String extension, String kind) {
    var wanted = extension.toLowerCase(Locale.ROOT);
    return exports.stream()
        .filter(export -> export.kind.equals(kind) && export.extensions.contains(wanted))
        .max(Comparator.comparingInt((Export export) -> export.rank()).thenComparing(Export::name));
  }

  private DocumentFault cannotBe(String extension, String kind) {
    var can = new TreeSet<String>();
    exports.stream()
        .filter(export -> export.kind.equals(kind))
        .forEach(export -> can.addAll(export.extensions));
    return new DocumentFault(
        ErrorCode.BAD_JOB,
        "%s cannot be written as '%s', but as %s"
            .formatted(DocumentKind.nameOf(kind), extension, String.join(", ", can)));
  }

  /**
   * The filter of that name, which must write documents of {@code kind}.
   *
   * @throws DocumentFault when there is none
   */
  Export named(String name, String kind) throws DocumentFault {
    return exports.stream()
        .filter(export -> export.kind.equals(kind) && export.name.equals(name))
        .findFirst()
        .orElseThrow(() ->
            new DocumentFault(
                ErrorCode.BAD_JOB,
                "LibreOffice has no filter '%s' that writes %s"
                    .formatted(name, DocumentKind.nameOf(kind))));
  }
}
