package io.doos.gateway.http;

import io.doos.common.http.HttpAnswer;
import io.doos.common.http.HttpRequest;
import io.doos.common.http.Multipart;
import io.doos.common.http.Problem;
import io.doos.common.http.Route;
import io.doos.common.status.StatusJson;
import io.doos.gateway.access.Caller;
import io.doos.gateway.access.Role;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.spool.SpoolSpace;
import java.io.IOException;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/** Takes jobs: a form with files, or a job message. */
final class SubmitRoute {

  private final Submitting submitting;
  private final JobRoutes jobs;
  private final SpoolSpace space;
  private final DoorLimits limits;
  private final SecretKeySpec secret;

  SubmitRoute(
      Submitting submitting,
      JobRoutes jobs,
      SpoolSpace space,
      DoorLimits limits,
      SecretKeySpec secret) {
    this.submitting = submitting;
    this.jobs = jobs;
    this.space = space;
    this.limits = limits;
    this.secret = secret;
  }

  List<Route> routes(Guard guard) {
    return List.of(guard.route(Role.SUBMIT, "POST", "/v1/jobs", this::submit));
  }

  private HttpAnswer submit(Caller caller, HttpRequest request)
      throws Problem, IOException, InterruptedException {
    var sender = Sender.of(request, caller, secret);
    var taken =
        switch (request.mediaType().orElse("")) {
          case Multipart.MEDIA_TYPE -> form(request, sender);
          case "application/json" -> message(request, sender);
          default ->
              throw Problem.of(
                  415, "A job is " + Multipart.MEDIA_TYPE + " with files, or application/json.");
        };
    var status = jobs.awaited(taken.ticket(), caller, request);
    return HttpAnswer.json(taken.isNew() ? 202 : 200, StatusJson.toTree(status))
        .with("Location", "/v1/jobs/" + taken.ticket());
  }

  private Intake.Taken form(HttpRequest request, Sender sender)
      throws Problem, IOException, InterruptedException {
    try (var form = UploadedForm.read(request, space, limits)) {
      return submitting.take(new JobForm(form).submission(sender), sender.caller());
    }
  }

  private Intake.Taken message(HttpRequest request, Sender sender)
      throws Problem, IOException, InterruptedException {
    try (var spool = space.spool()) {
      return submitting.take(
          JobBody.read(request, limits).submission(sender, spool), sender.caller());
    }
  }
}
