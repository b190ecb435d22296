package io.doos.deploy.doctor;

import io.doos.common.config.DoorSetting;
import io.doos.common.config.FarmSetting;
import io.doos.common.config.Setting;
import io.doos.common.config.Settings;
import io.doos.common.job.Ticket;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.client.DoosClient;
import io.doos.deploy.client.JobApi;
import io.doos.worker.office.Layer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All that the doctor looks at, in the order in which it is told. */
public final class Checkup {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String LOOPBACK = "127.0.0.1";

  private final Settings settings;
  private final Settings filled;
  private final Store store;

  /** Opens the farm's bucket. */
  @FunctionalInterface
  public interface Store {
    ObjectStore open() throws Exception;
  }

  private Checkup(Settings settings, Settings filled, Store store) {
    this.settings = settings;
    this.filled = filled;
    this.store = store;
  }

  /**
   * The checks for a farm.
   *
   * @param settings as they are given: what is not set may be absent, for standalone brings it
   * @param filled the same with the addresses of standalone's own parts where none are given
   */
  public static List<Check> of(Settings settings, Settings filled, Store store) {
    var checkup = new Checkup(settings, filled, store);
    var jail = new JailCheck(settings);
    var checks =
        new ArrayList<>(
            List.of(
                new Check("java", JavaCheck::look),
                new Check("office", () -> OfficeCheck.look(settings)),
                new Check("jail", jail::look)));
    for (var kind : Layer.Kind.values()) {
      checks.add(new Check("jail: " + kind.words(), () -> jail.look(kind)));
    }
    checks.addAll(checkup.others());
    return List.copyOf(checks);
  }

  private List<Check> others() {
    return List.of(
        new Check("fonts", FontCheck::look),
        new Check("disk", () -> DiskCheck.look(settings.get(FarmSetting.DATA_DIR))),
        new Check("tcp.port", this::door),
        new Check("http.port", this::httpDoor),
        new Check("broker", this::broker),
        new Check("store", this::store),
        new Check("templates", this::templates));
  }

  private Finding door() throws InterruptedException {
    var host = settings.get(DoorSetting.BIND_ADDRESS);
    var port = settings.get(DoorSetting.TCP_PORT);
    return PortCheck.look(
        host,
        port,
        address ->
            isFarm(host, port)
                ? Finding.ok("a farm is running at " + address)
                : Finding.failed(
                    address + " is taken by something else", "Stop it, or set another tcp.port."));
  }

  /** Asks for a job that nobody has: only a farm knows that. */
  private static boolean isFarm(String bound, int port) throws InterruptedException {
    var client =
        new DoosClient(new DoosClient.Config(connectable(bound), port, PATIENCE, PATIENCE));
    try {
      client.status(new Ticket("0"));
      return true;
    } catch (ClientFailure.Unreachable e) {
      return false;
    } catch (ClientFailure e) {
      return true;
    }
  }

  private Finding httpDoor() throws InterruptedException {
    var host = settings.get(DoorSetting.BIND_ADDRESS);
    var port = settings.get(DoorSetting.HTTP_PORT);
    return PortCheck.look(host, port, address -> readiness(address, connectable(host), port));
  }

  private static Finding readiness(String address, String host, int port)
      throws InterruptedException {
    try {
      return new JobApi(host, port, PATIENCE, PATIENCE)
          .unreadiness()
          .map(
              why -> Finding.warning("a farm is running at " + address + ", not ready: " + why, ""))
          .orElseGet(() -> Finding.ok("a farm is running at " + address + ", and is ready"));
    } catch (ClientFailure e) {
      return Finding.failed(
          address + " is taken by something else", "Stop it, or set another http.port.");
    }
  }

  private static String connectable(String bound) {
    return new InetSocketAddress(bound, 0).getAddress().isAnyLocalAddress() ? LOOPBACK : bound;
  }

  private Finding broker() throws Exception {
    return BrokerCheck.look(
        filled,
        found ->
            absent(
                found,
                FarmSetting.BROKER_URL,
                FarmSetting.EMBEDDED_BROKER_PORT,
                "Start RabbitMQ there, or set broker.url to where it is."));
  }

  private Finding store() throws Exception {
    var address = filled.get(FarmSetting.STORE_URL).getAuthority();
    try (var bucket = store.open()) {
      return StoreCheck.look(bucket, address);
    } catch (StoreFailure.Unavailable e) {
      return absent(
          "no store at " + address + ": " + e.getMessage(),
          FarmSetting.STORE_URL,
          FarmSetting.EMBEDDED_STORE_PORT,
          "Start the store, or set store.url to where it is.");
    } catch (StoreFailure.Refused e) {
      return absent(
          address + ": " + e.getMessage(),
          FarmSetting.STORE_ACCESS_KEY,
          FarmSetting.EMBEDDED_STORE_PORT,
          "Set store.access-key, store.secret-key and store.bucket to what the store knows.");
    }
  }

  private Finding templates() throws Exception {
    try (var bucket = store.open()) {
      var count = bucket.list("templates/").size();
      return Finding.ok(
          count == 0 ? "none; `doos templates put` adds some" : count + " in the bucket");
    } catch (StoreFailure e) {
      return Finding.ok("not looked at: there is no store");
    }
  }

  /**
   * Standalone brings its own broker and store: without settings for others none is needed, only
   * the port.
   */
  private Finding absent(
      String found, Setting<?> setting, Setting<Integer> embeddedPort, String remedy)
      throws InterruptedException {
    if (settings.isSet(setting)) {
      return Finding.failed(found, remedy);
    }
    var port =
        PortCheck.look(
            LOOPBACK,
            settings.get(embeddedPort),
            address ->
                Finding.failed(
                    address + " is taken, and not by a part of this farm",
                    "For standalone set another %s; else set %s."
                        .formatted(embeddedPort.name(), setting.name())));
    return port.verdict() == Finding.Verdict.OK
        ? Finding.ok("none is set: `doos standalone` brings its own; " + port.found())
        : port;
  }
}
