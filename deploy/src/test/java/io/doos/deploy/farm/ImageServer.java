package io.doos.deploy.farm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * A web server on the loopback address with images of a colour, a drawing that needs the green one,
 * one that is large and one that does not come; {@code /to?URL} redirects there.
 *
 * @param requests what it was asked for
 */
record ImageServer(HttpServer server, List<String> requests, CountDownLatch ends)
    implements AutoCloseable {

  private static final Map<String, Color> COLOURS =
      Map.of("/red.png", Color.RED, "/green.png", Color.GREEN, "/blue.png", Color.BLUE);

  private static final String DRAWING =
      "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='20' height='20'>"
          + "<image width='9' height='9' xlink:href='green.png'/></svg>";

  static ImageServer start() throws IOException {
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var made =
        new ImageServer(
            HttpServer.create(here, 0), new CopyOnWriteArrayList<>(), new CountDownLatch(1));
    made.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    made.server.createContext("/", made::hear);
    made.server.start();
    return made;
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  private void hear(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestURI().toString());
      answer(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    var uri = exchange.getRequestURI();
    switch (uri.getPath()) {
      case "/to" -> {
        exchange.getResponseHeaders().add("Location", uri.getQuery());
        exchange.sendResponseHeaders(302, -1);
      }
      case "/large.png" -> {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(new byte[2 << 20]);
      }
      case "/slow.png" -> ends.await();
      case "/drawing.svg" -> send(exchange, DRAWING.getBytes(UTF_8));
      default -> {
        var colour = COLOURS.get(uri.getPath());
        if (colour == null) {
          exchange.sendResponseHeaders(404, -1);
        } else {
          send(exchange, Images.png(colour));
        }
      }
    }
  }

  private static void send(HttpExchange exchange, byte[] content) throws IOException {
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content);
  }

  @Override
  public void close() {
    ends.countDown();
    server.stop(0);
  }
}
