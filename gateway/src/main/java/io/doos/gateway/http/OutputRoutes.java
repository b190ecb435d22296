package io.doos.gateway.http;

import io.doos.common.http.HttpAnswer;
import io.doos.common.http.HttpRequest;
import io.doos.common.http.Problem;
import io.doos.common.http.Route;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.gateway.access.Caller;
import io.doos.gateway.access.Role;
import java.util.List;

/** What a job left: whole, or file by file. */
final class OutputRoutes {

  private static final String OUTPUT = "/v1/jobs/{ticket}/output";

  private final JobRoutes jobs;
  private final Outputs outputs;

  private OutputRoutes(JobRoutes jobs, Outputs outputs) {
    this.jobs = jobs;
    this.outputs = outputs;
  }

  static List<Route> of(JobRoutes jobs, Outputs outputs, Guard guard) {
    var routes = new OutputRoutes(jobs, outputs);
    return List.of(
        guard.route(Role.SUBMIT, "GET", OUTPUT, routes::zip),
        guard.route(Role.SUBMIT, "GET", OUTPUT + "/{file...}", routes::file));
  }

  private HttpAnswer zip(Caller caller, HttpRequest request) throws Problem, InterruptedException {
    return outputs.zip(result(caller, request), request.variable("ticket") + ".zip");
  }

  private HttpAnswer file(Caller caller, HttpRequest request) throws Problem, InterruptedException {
    return outputs.file(result(caller, request), request.variable("file"));
  }

  /** What a failed job left is given only to those who know that it is not the whole. */
  private Result result(Caller caller, HttpRequest request) throws Problem, InterruptedException {
    var status = jobs.awaited(caller, request);
    if (!status.state().isFinal()) {
      throw Answers.notFinished(status);
    }
    var takesPart = request.query("partial").filter("true"::equals).isPresent();
    var result = status.result();
    if (result == null || (status.state() != State.DONE && !takesPart)) {
      var hint = result == null ? "" : " What it had written until then comes with ?partial=true.";
      throw Problem.of(
          409, Answers.NO_RESULT, "The job ended " + status.state() + " and has no result." + hint);
    }
    return result;
  }
}
