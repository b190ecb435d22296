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
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Converts to PDF as clients of Gotenberg ask for it. */
final class GotenbergRoute {

  private static final String TRACE = "Gotenberg-Trace";
  private static final Pattern TRACE_FORM = Pattern.compile("[!-~]{1,200}");

  private final Conversions conversions;
  private final SpoolSpace space;
  private final DoorLimits limits;

  GotenbergRoute(Conversions conversions, SpoolSpace space, DoorLimits limits) {
    this.conversions = conversions;
    this.space = space;
    this.limits = limits;
  }

  List<Route> routes(Guard guard) {
    return List.of(guard.route(Role.SUBMIT, "POST", "/forms/libreoffice/convert", this::convert));
  }

  private HttpAnswer convert(Caller caller, HttpRequest request)
      throws Problem, IOException, InterruptedException {
    var trace =
        request
            .header(TRACE)
            .filter(text -> TRACE_FORM.matcher(text).matches())
            .orElseGet(() -> UUID.randomUUID().toString());
    try {
      return converted(caller, request).with(TRACE, trace);
    } catch (Problem problem) {
      throw problem.with(TRACE, trace);
    }
  }

  private HttpAnswer converted(Caller caller, HttpRequest request)
      throws Problem, IOException, InterruptedException {
    if (request.header("Gotenberg-Webhook-Url").isPresent()) {
      throw Problem.of(400, "Webhooks go with POST /v1/jobs and its field 'webhook' here.");
    }
    try (var form = UploadedForm.read(request, space, limits)) {
      var files = form.files();
      if (files.isEmpty()) {
        throw Problem.of(400, "Invalid form data: no form file found for the field 'files'.");
      }
      var work = new Work.Convert("pdf", null, GotenbergOptions.of(form));
      var name = request.header("Gotenberg-Output-Filename").filter(text -> !text.isBlank());
      return conversions.convert(caller, request, work, files, name);
    }
  }
}
