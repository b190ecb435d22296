package io.doos.deploy.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.config.FarmSetting;
import io.doos.common.config.Settings;
import io.doos.common.farm.FarmLinks;
import io.doos.common.life.Closer;
import io.doos.common.store.StoreFailure;
import io.doos.deploy.FreePort;
import io.doos.deploy.farm.Until;
import io.doos.gateway.Farm;
import io.doos.gateway.Gateway;
import io.doos.gateway.GatewaySettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway tells of its health while its broker and its store go and come back. */
class HealthTest {

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Closer closer = new Closer();
  private EmbeddedBroker.Config brokerConfig;
  private EmbeddedStore.Config storeConfig;
  private EmbeddedBroker broker;
  private EmbeddedStore store;
  private Gateway gateway;

  @Test
  void aStoreThatComesLateAndEmptyGetsItsBucket() throws Exception {
    var late = new EmbeddedStore.Config(FreePort.next(), folder.resolve("late"), "elsewhere");
    var settings =
        Settings.load(Optional.empty(), Map.of(), Map.of())
            .with(
                Map.of(
                    FarmSetting.BROKER_URL, broker.url(),
                    FarmSetting.STORE_URL, "http://127.0.0.1:" + late.port(),
                    FarmSetting.STORE_BUCKET, "late",
                    FarmSetting.STORE_ACCESS_KEY, store.access().accessKey(),
                    FarmSetting.STORE_SECRET_KEY, store.access().secretKey()));
    Files.createDirectories(late.folder());
    Files.copy(storeConfig.folder().resolve("keys"), late.folder().resolve("keys"));
    var links = closer.start(new FarmLinks(settings, InstantSource.system()));
    var server = closer.start(new EmbeddedStore(late));
    assertThat(server.access().accessKey()).isEqualTo(store.access().accessKey());
    Until.holds(() -> hasBucket(links));
  }

  private static boolean hasBucket(FarmLinks links) {
    try {
      return links.store().list("").isEmpty();
    } catch (StoreFailure e) {
      return false;
    }
  }

  @BeforeEach
  void start() throws Exception {
    brokerConfig = new EmbeddedBroker.Config(FreePort.next(), folder.resolve("broker"));
    storeConfig = new EmbeddedStore.Config(FreePort.next(), folder.resolve("store"), "doos");
    broker = new EmbeddedBroker(brokerConfig);
    store = new EmbeddedStore(storeConfig);
    broker.start();
    store.start();
    var settings =
        Settings.load(Optional.empty(), Map.of(), Map.of("tcp.port", "0", "http.port", "0"))
            .with(
                Map.of(
                    FarmSetting.DATA_DIR, folder.toString(),
                    FarmSetting.BROKER_URL, broker.url(),
                    FarmSetting.STORE_URL, store.access().url().toString(),
                    FarmSetting.STORE_ACCESS_KEY, store.access().accessKey(),
                    FarmSetting.STORE_SECRET_KEY, store.access().secretKey()));
    var clock = InstantSource.system();
    var links = closer.start(new FarmLinks(settings, clock));
    var farm =
        new Farm(
            links.store(),
            links.ledger(),
            links.broker().jobs(),
            links.broker().control(),
            links.broker().events(),
            clock);
    gateway =
        closer.start(new Gateway(GatewaySettings.of(settings), farm, links.checks(), () -> {}));
  }

  @AfterEach
  void stop() {
    closer.close();
    broker.close();
    store.close();
    client.close();
  }

  @Test
  void aBrokerThatGoesIsNamedUntilItIsBack() throws Exception {
    assertThat(ask("/readyz")).contains("200 {\"ready\":true");
    broker.close();
    Until.holds(() -> ask("/readyz").startsWith("503 "));
    assertThat(ask("/readyz"))
        .contains("{\"name\":\"broker.publish\",\"ok\":false,\"found\":\"lost: ")
        .contains("{\"name\":\"broker.consume\",\"ok\":false,\"found\":\"lost: ")
        .contains("{\"name\":\"store\",\"ok\":true,\"found\":\"answers\"}");
    assertThat(ask("/livez")).startsWith("200 ");
    broker = new EmbeddedBroker(brokerConfig);
    broker.start();
    Until.holds(() -> ask("/readyz").startsWith("200 "));
  }

  @Test
  void aStoreThatGoesIsNamedUntilItIsBack() throws Exception {
    store.close();
    Until.holds(() -> ask("/readyz").startsWith("503 "));
    assertThat(ask("/readyz"))
        .contains("{\"name\":\"store\",\"ok\":false,\"found\":")
        .contains("{\"name\":\"broker.publish\",\"ok\":true,\"found\":\"connected\"}");
    assertThat(ask("/livez")).startsWith("200 ");
    store = new EmbeddedStore(storeConfig);
    store.start();
    Until.holds(() -> ask("/readyz").startsWith("200 "));
  }

  /** Status and body. */
  private String ask(String path) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + gateway.doors().http().port() + path);
    var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }
}
