package io.doos.common.http;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
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
    // Who waits for a job neither reads nor writes, and is not idle for that.
    request.addIdleTimeoutListener(_ -> false);
    try {
      answer(request, response);
      Remains.drain(request);
      callback.succeeded();
    } catch (IOException e) {
      log.debug("{} was not answered whole", request.getHttpURI(), e);
      callback.failed(e);
    } catch (InterruptedException e) {
      callback.failed(e);
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private void answer(Request request, Response response) throws IOException, InterruptedException {
    try {
      answers.write(found(request, response), request, response);
    } catch (Problem problem) {
      answers.write(problem, response);
    } catch (InterruptedException e) {
      instead(Problem.of(503, "This process is stopping."), response, new IOException(e));
      throw e;
    } catch (HttpException.RuntimeException e) {
      var problem = Problem.of(e.getCode(), "The request is not as HTTP has it: " + e.getReason());
      instead(problem, response, new IOException(e));
    } catch (IOException e) {
      log.debug("{} could not be answered", request.getHttpURI(), e);
      instead(Problem.of(500, "The answer could not be read whole, try again."), response, e);
    } catch (RuntimeException e) {
      log.error("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), e);
      instead(
          Problem.of(500, "The request failed; the log says why."), response, new IOException(e));
    }
  }

  /** Where an answer has begun, nothing else can be said any more: the connection is cut. */
  private void instead(Problem problem, Response response, IOException why) throws IOException {
    if (response.isCommitted()) {
      throw why;
    }
    response.reset();
    answers.write(problem, response);
  }

  private HttpAnswer found(Request request, Response response)
      throws Problem, IOException, InterruptedException {
    var path = Request.getPathInContext(request);
    var segments = Route.segments(path);
    var allowed = new TreeSet<String>();
    for (var route : routes) {
      var variables = route.match(segments);
      if (variables.isPresent() && route.takes(request.getMethod())) {
        return answer(route, new HttpRequest(request, variables.get()));
      }
      variables.ifPresent(_ -> allowed.add(route.method()));
    }
    if (allowed.isEmpty()) {
      throw Problem.of(404, "There is nothing at " + path + ".");
    }
    response.getHeaders().put("Allow", String.join(", ", allowed));
    throw Problem.of(405, "Here goes " + String.join(" or ", allowed) + " only.");
  }

  private static HttpAnswer answer(Route route, HttpRequest request)
      throws Problem, IOException, InterruptedException {
    try {
      return route.handler().answer(request);
    } catch (IOException e) {
      if (e instanceof java.net.SocketTimeoutException
          || e.getCause() instanceof TimeoutException) {
        throw Problem.of(408, "The rest of the request did not come in time.");
      }
      throw e;
    }
  }
}
