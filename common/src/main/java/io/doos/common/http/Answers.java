package io.doos.common.http;

import io.doos.common.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Writes answers. Unless a handler says otherwise, none of them may be kept by anybody on the way:
 * most are about a moment.
 */
final class Answers {

  /**
   * Writes an answer to the end, on the caller's thread.
   *
   * @throws IOException when the client is gone, or what was to be written could not be read
   */
  void write(HttpAnswer answer, Request request, Response response)
      throws IOException, InterruptedException {
    response.setStatus(answer.status());
    head(response, answer.headers());
    switch (answer.body()) {
      case HttpBody.Nothing _ -> Content.Sink.write(response, true, null);
      case HttpBody.Json(var tree) -> write(response, "application/json", Json.bytes(tree));
      case HttpBody.Bytes(var type, var bytes) -> write(response, type, bytes);
      case HttpBody.Streamed(var type, var content) -> {
        try (content) {
          write(type, content, request, response);
        }
      }
      case HttpBody.Events(var events) -> write(events, request, response);
    }
  }

  void write(Problem problem, Response response) throws IOException {
    write(response, problem);
  }

  /** Tells what the server itself found wrong, such as a request that is none. */
  boolean failed(Request request, Response response, Callback callback) {
    var why =
        Optional.ofNullable(request.getAttribute(ErrorHandler.ERROR_MESSAGE))
            .map(Object::toString)
            .orElse("The server cannot answer this.");
    var problem = Problem.of(response.getStatus(), why);
    head(response, problem.headers());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.write(true, ByteBuffer.wrap(Json.bytes(problem.toTree())), callback);
    return true;
  }

  private static void write(Response response, Problem problem) throws IOException {
    response.setStatus(problem.status());
    head(response, problem.headers());
    write(response, Problem.MEDIA_TYPE, Json.bytes(problem.toTree()));
  }

  private static void head(Response response, Map<String, String> more) {
    var headers = response.getHeaders();
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    more.forEach(headers::put);
  }

  private static void write(Response response, String type, byte[] bytes) throws IOException {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    Content.Sink.write(response, true, ByteBuffer.wrap(bytes));
  }

  private static void write(String type, HttpContent content, Request request, Response response)
      throws IOException {
    var headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, type);
    headers.put(HttpHeader.ACCEPT_RANGES, "bytes");
    var length = content.length();
    switch (wish(request, response, length)) {
      case ByteRange.Wish.Whole _ -> stream(content, new ByteRange(0, length), request, response);
      case ByteRange.Wish.Part(var range) -> {
        response.setStatus(206);
        headers.put(HttpHeader.CONTENT_RANGE, range.within(length));
        stream(content, range, request, response);
      }
      case ByteRange.Wish.Outside _ ->
          write(
              response,
              Problem.of(416, "The content has " + length + " bytes; nothing of it was asked for.")
                  .with("Content-Range", "bytes */" + length));
    }
  }

  /** A range of what has changed since the client got its first part would not fit to it. */
  private static ByteRange.Wish wish(Request request, Response response, long length) {
    var asked = request.getHeaders();
    var since = asked.get(HttpHeader.IF_RANGE);
    var isGet = request.getMethod().equals("GET") && response.getStatus() == 200;
    return isGet && (since == null || since.equals(response.getHeaders().get(HttpHeader.ETAG)))
        ? ByteRange.wish(Optional.ofNullable(asked.get(HttpHeader.RANGE)), length)
        : new ByteRange.Wish.Whole();
  }

  private static void stream(
      HttpContent content, ByteRange range, Request request, Response response) throws IOException {
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, range.count());
    if (request.getMethod().equals("HEAD")) {
      Content.Sink.write(response, true, null);
      return;
    }
    var target = Response.asBufferedOutputStream(request, response);
    content.write(range.from(), range.count(), target);
    target.close();
  }

  private static void write(EventStream events, Request request, Response response)
      throws IOException, InterruptedException {
    var headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    headers.put("X-Accel-Buffering", "no"); // nginx would hold events back
    if (request.getMethod().equals("HEAD")) {
      Content.Sink.write(response, true, null);
      return;
    }
    var target = Content.Sink.asOutputStream(response);
    var sink = new EventSink(target);
    sink.heartbeat();
    events.run(sink);
    target.close();
  }
}
