package io.doos.worker.engine;

import com.sun.star.lang.XServiceInfo;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The kinds of documents that LibreOffice tells apart, the narrower before the wider. */
enum DocumentKind {
  GLOBAL("com.sun.star.text.GlobalDocument", "a master document"),
  WEB("com.sun.star.text.WebDocument", "a web page"),
  TEXT("com.sun.star.text.TextDocument", "a text document"),
  SPREADSHEET("com.sun.star.sheet.SpreadsheetDocument", "a spreadsheet"),
  PRESENTATION("com.sun.star.presentation.PresentationDocument", "a presentation"),
  DRAWING("com.sun.star.drawing.DrawingDocument", "a drawing"),
  FORMULA("com.sun.star.formula.FormulaProperties", "a formula"),
  CHART("com.sun.star.chart2.ChartDocument", "a chart"),
  DATABASE("com.sun.star.sdb.OfficeDatabaseDocument", "a database");

  private final String service;
  private final String shown;

  DocumentKind(String service, String shown) {
    this.service = service;
    this.shown = shown;
  }

  String service() {
    return service;
  }

  static Optional<DocumentKind> of(XServiceInfo document) {
    var services =
        new HashSet<>(List.of(document.getSupportedServiceNames())); // one call to the office
    return Arrays.stream(values()).filter(kind -> services.contains(kind.service)).findFirst();
  }

  /** A word for a document service, for messages. */
  static String nameOf(String service) {
    return Arrays.stream(values())
        .filter(kind -> kind.service.equals(service))
        .map(kind -> kind.shown)
        .findFirst()
        .orElse("such a document");
  }
}
