package io.doos.gateway.http;

import io.doos.common.http.HttpAnswer;
import io.doos.common.http.HttpRequest;
import io.doos.common.http.Problem;
import io.doos.common.http.Route;
import io.doos.common.job.Work;
import io.doos.gateway.access.Caller;
import io.doos.gateway.access.Role;
import io.doos.gateway.spool.SpoolSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Converts one document as clients of Collabora Online's {@code convert-to} ask for it, and those
 * of JODConverter, which send the properties of load and store along as query parameters.
 */
final class CollaboraRoutes {

  /** JODConverter: a property of the export filter's data. */
  private static final String FILTER_DATA = "sfd";

  private final Conversions conversions;
  private final SpoolSpace space;
  private final DoorLimits limits;

  CollaboraRoutes(Conversions conversions, SpoolSpace space, DoorLimits limits) {
    this.conversions = conversions;
    this.space = space;
    this.limits = limits;
  }

  List<Route> routes(Guard guard) {
    var routes = new ArrayList<Route>();
    for (var product : List.of("/cool", "/lool")) {
      routes.add(guard.route(Role.SUBMIT, "POST", product + "/convert-to", this::convertByField));
      routes.add(
          guard.route(Role.SUBMIT, "POST", product + "/convert-to/{ext}", this::convertByPath));
    }
    return routes;
  }

  private HttpAnswer convertByPath(Caller caller, HttpRequest request)
      throws Problem, IOException, InterruptedException {
    return convert(caller, request, Optional.of(request.variable("ext")));
  }

  private HttpAnswer convertByField(Caller caller, HttpRequest request)
      throws Problem, IOException, InterruptedException {
    return convert(caller, request, Optional.empty());
  }

  private HttpAnswer convert(Caller caller, HttpRequest request, Optional<String> extension)
      throws Problem, IOException, InterruptedException {
    try (var form = UploadedForm.read(request, space, limits)) {
      var files = form.files();
      if (files.size() != 1) {
        throw Problem.of(
            400, "There has to be one file, in the field 'data', not " + files.size() + ".");
      }
      var to =
          extension
              .or(() -> form.field("format"))
              .or(() -> query(request, "format"))
              .filter(text -> !text.isBlank())
              .orElseThrow(() ->
                  Problem.of(400, "The format is missing: convert-to/pdf, or a field 'format'."));
      var filter = request.query("sFilterName").filter(text -> !text.isBlank()).orElse(null);
      var work = new Work.Convert(to, filter, options(request, form, to));
      return conversions.convert(caller, request, work, files, Optional.empty());
    }
  }

  private static Map<String, Object> options(HttpRequest request, UploadedForm form, String to)
      throws Problem {
    var options = new HashMap<String, Object>();
    for (var name : request.queryNames()) {
      var value = request.query(name).orElse("");
      if (name.startsWith(FILTER_DATA) && name.length() > FILTER_DATA.length()) {
        options.put(name.substring(FILTER_DATA.length()), typed(value));
      }
    }
    request.query("lPassword").ifPresent(text -> options.put("password", text));
    form.field("password").ifPresent(text -> options.put("password", text));
    request.query("sFilterOptions").ifPresent(text -> options.put("FilterOptions", text));
    if (to.equals("pdf")) {
      pdf(form, options);
    }
    return options;
  }

  /** Collabora Online's own form fields. */
  private static void pdf(UploadedForm form, Map<String, Object> options) {
    form.field("PDFVer")
        .filter(text -> text.startsWith("PDF/A-"))
        .ifPresent(text -> options.put("pdfa", text.substring("PDF/A-".length())));
    form.field("FullSheetPreview")
        .filter("true"::equals)
        .ifPresent(_ -> options.put("singlePageSheets", true));
  }

  /** A parameter is text only; the filters want their own types. */
  private static Object typed(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      case String number when number.matches("-?[0-9]{1,9}") -> Long.valueOf(number);
      default -> value;
    };
  }

  private static Optional<String> query(HttpRequest request, String name) {
    try {
      return request.query(name);
    } catch (Problem e) {
      return Optional.empty();
    }
  }
}
