package io.doos.common.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A small OTLP/HTTP receiver that keeps the spans that it was sent. */
public final class TraceReceiver implements AutoCloseable {

  private final HttpServer server;
  private final List<Seen> spans = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  /**
   * A span as it came.
   *
   * @param service whose it is
   * @param parent the id of the span above, empty for none
   * @param isError whether its status is that of an error
   * @param said what the status says
   */
  public record Seen(
      String service,
      String trace,
      String id,
      String parent,
      String name,
      String kind,
      long beginNanos,
      long endNanos,
      boolean isError,
      String said,
      Map<String, String> attributes) {}

  /** Listens on a free port of the loopback interface. */
  public TraceReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::receive);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** What {@code trace.endpoint} is set to. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** All spans so far. */
  public List<Seen> spans() {
    return List.copyOf(spans);
  }

  /** What each request said in the header {@code Authorization}. */
  public List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      if (headers.containsKey("Authorization")) {
        authorizations.add(headers.getFirst("Authorization"));
      }
      var isZipped = "gzip".equals(headers.getFirst("Content-Encoding"));
      try (InputStream body =
          isZipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
        keep(ExportTraceServiceRequest.parseFrom(body));
      }
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private void keep(ExportTraceServiceRequest request) {
    for (var resource : request.getResourceSpansList()) {
      var service = new HashMap<String, String>();
      resource
          .getResource()
          .getAttributesList()
          .forEach(one -> service.put(one.getKey(), one.getValue().getStringValue()));
      for (var scope : resource.getScopeSpansList()) {
        for (var span : scope.getSpansList()) {
          var attributes = new HashMap<String, String>();
          span.getAttributesList()
              .forEach(one ->
                  attributes.put(
                      one.getKey(),
                      one.getValue().hasIntValue()
                          ? "" + one.getValue().getIntValue()
                          : one.getValue().getStringValue()));
          spans.add(
              new Seen(
                  service.getOrDefault("service.name", ""),
                  hex(span.getTraceId().toByteArray()),
                  hex(span.getSpanId().toByteArray()),
                  hex(span.getParentSpanId().toByteArray()),
                  span.getName(),
                  span.getKind().name().replace("SPAN_KIND_", ""),
                  span.getStartTimeUnixNano(),
                  span.getEndTimeUnixNano(),
                  span.getStatus().getCodeValue() == 2,
                  span.getStatus().getMessage(),
                  Map.copyOf(attributes)));
        }
      }
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
