package io.doos.common.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.doos.common.json.Json;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Writes answers. None of them may be kept by anybody on the way: all are about a moment. */
final class Answers {

  void write(HttpAnswer answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    switch (answer) {
      case HttpAnswer.Json(_, var body) -> write(body, "application/json", response, callback);
      case HttpAnswer.Empty _ -> callback.succeeded();
    }
  }

  void write(Problem problem, Response response, Callback callback) {
    response.setStatus(problem.status());
    problem.headers().forEach(response.getHeaders()::put);
    write(problem.toTree(), Problem.MEDIA_TYPE, response, callback);
  }

  /** Tells what the server itself found wrong, such as a request that is none. */
  boolean failed(Request request, Response response, Callback callback) {
    var why =
        Optional.ofNullable(request.getAttribute(ErrorHandler.ERROR_MESSAGE))
            .map(Object::toString)
            .orElse("The server cannot answer this.");
    write(Problem.of(response.getStatus(), why), response, callback);
    return true;
  }

  private static void write(
      ObjectNode body, String mediaType, Response response, Callback callback) {
    var headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, mediaType);
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    response.write(true, ByteBuffer.wrap(Json.bytes(body)), callback);
  }
}
