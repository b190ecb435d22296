package io.doos.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A headless Chromium, driven over the WebDriver protocol by chromedriver. */
final class Browser implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");
  private static final long PATIENCE_SECONDS = 60;
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage",
          "--hide-scrollbars");

  private final Process driver;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final String session;

  private Browser(Process driver, int port, boolean dark, Path profile) throws Exception {
    this.driver = driver;
    var flags = new ArrayList<>(FLAGS);
    flags.add("--user-data-dir=" + profile);
    if (dark) {
      flags.add("--blink-settings=preferredColorScheme=0");
    }
    var options = Map.of("args", flags);
    var wish =
        Map.of(
            "capabilities",
            Map.of(
                "alwaysMatch",
                Map.of(
                    "goog:chromeOptions", options, "goog:loggingPrefs", Map.of("browser", "ALL"))));
    var base = "http://127.0.0.1:" + port + "/session";
    this.session = base + "/" + post(base, wish).get("sessionId").asText();
  }

  /** Starts one with an empty profile. */
  static Browser start(boolean dark, Path profile) throws Exception {
    var driver = new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
    try {
      return new Browser(driver, port(driver), dark, profile);
    } catch (Exception e) {
      driver.destroy();
      throw e;
    }
  }

  private static int port(Process driver) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(driver.getInputStream(), UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var found = PORT.matcher(line);
      if (found.find()) {
        return Integer.parseInt(found.group(1));
      }
    }
    throw new IOException("chromedriver did not say its port");
  }

  /** Opens a page and waits until it has loaded. */
  void open(String url) throws Exception {
    post(session + "/url", Map.of("url", url));
  }

  /** The window, in CSS pixels. */
  void size(int width, int height) throws Exception {
    post(
        session + "/goog/cdp/execute",
        Map.of(
            "cmd",
            "Emulation.setDeviceMetricsOverride",
            "params",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false)));
  }

  /** The value of a JavaScript expression. */
  JsonNode value(String expression) throws Exception {
    return post(
        session + "/execute/sync",
        Map.of("script", "return (" + expression + ");", "args", List.of()));
  }

  /** Waits until an expression is true. */
  void await(String expression) throws Exception {
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!value("!!(" + expression + ")").asBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError(
            "not so within a minute: " + expression + "\n" + value("document.body.innerText"));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  /** Clicks what a CSS selector finds, as a person would: it must be seen. */
  void click(String selector) throws Exception {
    var element = post(session + "/element", Map.of("using", "css selector", "value", selector));
    var id = element.properties().iterator().next().getValue().asText();
    post(session + "/element/" + id + "/click", Map.of());
  }

  /** Says yes to the question that is asked. */
  void accept() throws Exception {
    post(session + "/alert/accept", Map.of());
  }

  /** What the console said since it was last asked: errors, and what the policy stopped. */
  List<String> complaints() throws Exception {
    var lines = post(session + "/se/log", Map.of("type", "browser"));
    var all = new ArrayList<String>();
    lines.forEach(line -> all.add(line.get("message").asText()));
    return all;
  }

  /** A picture of the whole page. */
  void picture(Path file) throws Exception {
    var height = value("document.documentElement.scrollHeight").asInt();
    var width = value("window.innerWidth").asInt();
    size(width, height);
    var picture = get(session + "/screenshot").asText();
    Files.write(file, Base64.getDecoder().decode(picture));
  }

  private JsonNode post(String url, Object body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body))));
  }

  private JsonNode get(String url) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url)));
  }

  private JsonNode send(HttpRequest.Builder request) throws Exception {
    var answer = client.send(request.build(), BodyHandlers.ofByteArray());
    var value = json.readTree(answer.body()).get("value");
    if (answer.statusCode() != 200) {
      throw new AssertionError(
          value.get("error").asText() + ": " + value.get("message").asText().split("\n", 2)[0]);
    }
    return value;
  }

  @Override
  public void close() {
    try {
      send(HttpRequest.newBuilder(URI.create(session)).DELETE());
    } catch (Exception e) {
      driver.descendants().forEach(ProcessHandle::destroyForcibly);
    }
    driver.destroy();
    client.close();
  }
}
