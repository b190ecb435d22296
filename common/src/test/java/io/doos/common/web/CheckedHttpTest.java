package io.doos.common.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls to a server on the loopback address, for which a name stands. */
class CheckedHttpTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void listen() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static CheckedHttp http(BiPredicate<WebOrigin, InetAddress> includes) {
    return new CheckedHttp(
        new CheckedHttp.Reach() {
          @Override
          public boolean includes(WebOrigin called, InetAddress address) {
            return includes.test(called, address);
          }

          @Override
          public String whyNot() {
            return "is not for us";
          }
        },
        MINUTE);
  }

  private int get(CheckedHttp http, String host) throws IOException {
    var url = URI.create("http://" + host + ":" + server.getAddress().getPort() + "/a?b=c#d");
    return http.get(url, MINUTE, CheckedHttp.Answer::code);
  }

  @Test
  void anAddressThatIsAllowedIsCalledAndRedirectsAreNotFollowed() throws Exception {
    var asked = new CopyOnWriteArrayList<WebOrigin>();
    var http = http((called, _) -> asked.add(called));
    assertThat(get(http, "localhost")).isEqualTo(302);
    assertThat(requests).singleElement().asString().startsWith("/a?b=c ");
    assertThat(asked)
        .containsOnly(new WebOrigin("http", "localhost", server.getAddress().getPort()));
  }

  @Test
  void oneThatIsNotIsNotCalledUnderAnyName() {
    var http = http((_, address) -> !address.isLoopbackAddress());
    for (var host : List.of("localhost", "127.0.0.1", "127.1", "2130706433", "[::1]")) {
      assertThatThrownBy(() -> get(http, host))
          .as(host)
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("is not for us");
    }
    assertThat(requests).isEmpty();
  }

  @Test
  void aConnectionThatLeadsElsewhereThanItsNameDidIsNotUsed() {
    var looks = new AtomicInteger();
    var addresses = new AtomicInteger();
    var http =
        http((_, _) -> {
          // the first looks are at what the name stands for, the last one is at the connection
          return looks.getAndIncrement() < addresses.get();
        });
    assertThatThrownBy(
            () -> {
              addresses.set(2 * InetAddress.getAllByName("localhost").length);
              get(http, "localhost");
            })
        .isInstanceOf(IOException.class)
        .hasMessage("localhost is not for us");
    assertThat(looks).hasValueGreaterThan(addresses.get());
    assertThat(requests).isEmpty();
  }

  @Test
  void namesAndPasswordsInUrlsAreNotSent() throws Exception {
    get(http((_, _) -> true), "anna:secret@localhost");
    assertThat(requests).singleElement().asString().doesNotContainIgnoringCase("authorization");
    assertThat(requests).noneMatch(request -> request.contains("secret"));
  }
}
