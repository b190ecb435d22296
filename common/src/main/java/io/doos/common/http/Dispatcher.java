package io.doos.common.http;

import java.util.List;
import java.util.TreeSet;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a request and has it answered; whatever goes wrong becomes a problem. */
final class Dispatcher extends Handler.Abstract {

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  private final List<Route> routes;
  private final Answers answers;

  Dispatcher(List<Route> routes, Answers answers) {
    this.routes = List.copyOf(routes);
    this.answers = answers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    try {
      answers.write(answer(request, response), response, callback);
    } catch (Problem problem) {
      answers.write(problem, response, callback);
    } catch (InterruptedException e) {
      answers.write(Problem.of(503, "This process is stopping."), response, callback);
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), e);
      answers.write(Problem.of(500, "The request failed; the log says why."), response, callback);
    }
    return true;
  }

  private HttpAnswer answer(Request request, Response response)
      throws Problem, InterruptedException {
    var path = Request.getPathInContext(request);
    var segments = Route.segments(path);
    var allowed = new TreeSet<String>();
    for (var route : routes) {
      var variables = route.match(segments);
      if (variables.isPresent() && route.takes(request.getMethod())) {
        return route.handler().answer(new HttpRequest(variables.get(), request));
      }
      variables.ifPresent(_ -> allowed.add(route.method()));
    }
    if (allowed.isEmpty()) {
      throw Problem.of(404, "There is nothing at " + path + ".");
    }
    response.getHeaders().put("Allow", String.join(", ", allowed));
    throw Problem.of(405, "Here goes " + String.join(" or ", allowed) + " only.");
  }
}
