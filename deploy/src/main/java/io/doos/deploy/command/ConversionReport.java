package io.doos.deploy.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells of conversions: while they come in, and of all at the end. One thread's. */
final class ConversionReport {

  private static final int BAR_CHARACTERS = 30;
  private static final String CLEAR_REST_OF_LINE = "\u001b[K";

  private final Shell shell;
  private final int documents;
  private final boolean json;
  private int ready;
  private int failed;

  ConversionReport(Shell shell, int documents, boolean json) {
    this.shell = shell;
    this.documents = documents;
    this.json = json;
  }

  /** Before the first is ready. */
  void begin() {
    if (isLive()) {
      bar();
    }
  }

  /** One more is ready. */
  void show(Conversion conversion) {
    ready++;
    failed += conversion instanceof Conversion.Failed ? 1 : 0;
    if (isLive()) {
      bar();
    } else {
      var out = json ? shell.err() : shell.out();
      out.println(line(conversion));
      out.flush();
    }
  }

  /** The bar stays where it is, whatever comes after it. */
  void end() {
    if (isLive()) {
      shell.out().println();
    }
  }

  /** Tells of all of them. */
  void sum(List<Conversion> all) {
    var failures = new ArrayList<Conversion.Failed>();
    for (var conversion : all) {
      if (conversion instanceof Conversion.Failed failure) {
        failures.add(failure);
      }
    }
    if (json) {
      shell.out().println(Json.line(fields(all)));
    }
    if (!failures.isEmpty()) {
      table(failures, shell.err());
    }
  }

  private boolean isLive() {
    return shell.isTerminal() && !json;
  }

  private void bar() {
    var full = documents == 0 ? 0 : BAR_CHARACTERS * ready / documents;
    shell
        .out()
        .printf(
            "\r[%s%s] %d of %d%s%s",
            "#".repeat(full),
            ".".repeat(BAR_CHARACTERS - full),
            ready,
            documents,
            failed == 0 ? "" : ", " + failed + " failed",
            CLEAR_REST_OF_LINE);
    shell.out().flush();
  }

  private static String line(Conversion conversion) {
    var document = Answers.printable(conversion.document().toString());
    return switch (conversion) {
      case Conversion.Converted(_, _, var files) ->
          document
              + " -> "
              + String.join(
                  ", ",
                  files.stream()
                      .map(file ->
                          Answers.printable(file.path().toString())
                              + "  "
                              + Answers.size(file.bytes()))
                      .toList());
      case Conversion.Failed(_, _, var code, _) -> document + " failed: " + code;
    };
  }

  private void table(List<Conversion.Failed> failures, PrintWriter err) {
    err.printf("%n%d of %d documents were not converted:%n%n", failures.size(), documents);
    var names = width("DOCUMENT", failures, f -> Answers.printable(f.document().toString()));
    var codes = width("CODE", failures, Conversion.Failed::code);
    var form = "%-" + names + "s  %-" + codes + "s  %s%n";
    err.printf(form, "DOCUMENT", "CODE", "WHY");
    for (var failure : failures) {
      err.printf(
          form,
          Answers.printable(failure.document().toString()),
          failure.code(),
          Answers.printable(failure.message()));
    }
  }

  private static int width(
      String head,
      List<Conversion.Failed> failures,
      java.util.function.Function<Conversion.Failed, String> column) {
    return failures.stream()
        .mapToInt(f -> column.apply(f).length())
        .reduce(head.length(), Math::max);
  }

  private static Map<String, Object> fields(List<Conversion> all) {
    var converted = new ArrayList<Map<String, Object>>();
    var failed = new ArrayList<Map<String, Object>>();
    for (var conversion : all) {
      switch (conversion) {
        case Conversion.Converted(var document, var ticket, var files) -> {
          var fields = new LinkedHashMap<String, Object>();
          fields.put("document", document.toString());
          fields.put("ticket", ticket);
          fields.put("files", Answers.fields(new ResultFiles(files, List.of())));
          converted.add(fields);
        }
        case Conversion.Failed(var document, var ticket, var code, var message) -> {
          var fields = new LinkedHashMap<String, Object>();
          fields.put("document", document.toString());
          fields.put("ticket", ticket);
          fields.put("code", code);
          fields.put("message", message);
          failed.add(fields);
        }
      }
    }
    return Map.of("converted", converted, "failed", failed);
  }
}
