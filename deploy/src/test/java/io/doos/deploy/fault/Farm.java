package io.doos.deploy.fault;

import io.doos.common.config.BadSettingsException;
import io.doos.common.config.FarmSetting;
import io.doos.common.config.Settings;
import io.doos.common.farm.FarmLinks;
import io.doos.common.ledger.JobLedger;
import io.doos.common.life.Closer;
import io.doos.common.store.S3ObjectStore;
import io.doos.deploy.FreePort;
import io.doos.deploy.broker.PrivateRabbit;
import io.doos.deploy.client.DoosClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A farm as it is deployed: gateways, workers and the store as processes of their own, a RabbitMQ,
 * and a relay on every link, so that each of them can be killed, frozen, cut off and started again.
 */
public final class Farm implements AutoCloseable {

  private static final String GATEWAY_READY = "The gateway is ready";
  private static final String WORKER_READY = " takes jobs of pool ";
  private static final String STORE_READY = "The store is ready";

  /** How a process of the farm reaches the others. */
  public record Links(TcpRelay amqp, TcpRelay store) {}

  private final Path folder;
  private final List<Integer> brokerPorts;
  private final List<String> settings;
  private final Closer closer = new Closer();
  private final Member store;
  private final S3Relay s3;
  private final List<Member> gateways = new ArrayList<>();
  private final List<Member> workers = new ArrayList<>();
  private final Map<Member, Links> links = new HashMap<>();
  private final Map<Member, Integer> ports = new HashMap<>();
  private final Map<Member, Integer> httpPorts = new HashMap<>();
  private final List<String> keys;
  private final S3ObjectStore objects;
  private final JobLedger ledger;

  private Farm(Path folder, List<Integer> brokerPorts, List<String> settings) throws Exception {
    this.folder = folder;
    this.brokerPorts = brokerPorts;
    this.settings = settings;
    var port = FreePort.next();
    store =
        closer.add(
            new Member(
                "store",
                logs(),
                STORE_READY,
                List.of("-Xmx192m"),
                List.of(StoreMain.class.getName(), "" + port, folder.resolve("store").toString())));
    s3 = closer.add(new S3Relay(port));
    try {
      store.start();
      keys = Files.readAllLines(folder.resolve("store/keys"));
      objects = closer.add(new S3ObjectStore(FarmLinks.storeConfig(linkedTo("store.url", port))));
      ledger = FarmLinks.ledger(linkedTo("store.url", port), objects, InstantSource.system());
    } catch (Exception e) {
      closer.close();
      throw e;
    }
  }

  /**
   * Starts a farm at a broker, and waits until it is ready.
   *
   * @param folder for everything that it writes
   * @param settings of all gateways and workers, such as {@code job.max-lost=5}
   */
  public static Farm start(
      Path folder, PrivateRabbit rabbit, int gateways, int workers, String... settings)
      throws Exception {
    return start(folder, List.of(rabbit.port()), gateways, workers, settings);
  }

  /**
   * Starts a farm at a cluster of brokers, and waits until it is ready.
   *
   * @param brokerPorts of its nodes; who connects gets to the first that listens
   */
  public static Farm start(
      Path folder, List<Integer> brokerPorts, int gateways, int workers, String... settings)
      throws Exception {
    var farm = new Farm(folder, brokerPorts, List.of(settings));
    try {
      for (var i = 1; i <= gateways; i++) {
        farm.gateways.add(farm.newGateway("gateway-" + i));
      }
      for (var i = 1; i <= workers; i++) {
        farm.workers.add(farm.newWorker("worker-" + i));
      }
      for (var member : farm.doors()) {
        member.launch();
      }
      for (var member : farm.doors()) {
        member.awaitReady();
      }
      return farm;
    } catch (Exception e) {
      farm.close();
      throw e;
    }
  }

  private Member newGateway(String name) throws IOException {
    var port = FreePort.next();
    var httpPort = FreePort.next();
    var gateway =
        newMember(
            name,
            GATEWAY_READY,
            List.of("-Xmx128m"),
            List.of("io.doos.deploy.DoosMain", "gateway"),
            List.of("tcp.port=" + port, "http.port=" + httpPort));
    ports.put(gateway, port);
    httpPorts.put(gateway, httpPort);
    return gateway;
  }

  private Member newWorker(String name) throws IOException {
    return newWorker(name, List.of("io.doos.deploy.DoosMain", "worker"));
  }

  /**
   * One more worker, which does not run yet.
   *
   * @param main what runs it, before its settings
   */
  Member newWorker(String name, List<String> main, String... more) throws IOException {
    return newMember(
        name,
        WORKER_READY,
        List.of("-Xmx128m"),
        main,
        Stream.concat(Stream.of("worker.name=" + name), Stream.of(more)).toList());
  }

  /** One more gateway, which does not run yet, on a port that is told. */
  Member newGateway(String name, List<String> main, int port) throws IOException {
    return newMember(
        name, GATEWAY_READY, List.of("-Xmx128m"), main, List.of("tcp.port=" + port, "http.port=0"));
  }

  private Member newMember(
      String name, String ready, List<String> jvm, List<String> main, List<String> own)
      throws IOException {
    var amqp = closer.add(new TcpRelay(brokerPorts.toArray(Integer[]::new)));
    var toStore = closer.add(new TcpRelay(s3.port()));
    var command = new ArrayList<>(main);
    var all = new ArrayList<>(settings);
    all.addAll(own);
    all.add("broker.url=amqp://guest:guest@127.0.0.1:" + amqp.port());
    all.add("store.url=http://127.0.0.1:" + toStore.port());
    all.add("store.access-key=" + keys.get(0));
    all.add("store.secret-key=" + keys.get(1));
    all.add("data.dir=" + folder.resolve(name));
    all.add("office.count=1");
    all.add("office.standby=0");
    all.forEach(setting -> command.addAll(List.of("--set", setting)));
    var member = closer.add(new Member(name, logs(), ready, jvm, command));
    links.put(member, new Links(amqp, toStore));
    return member;
  }

  private Settings linkedTo(String setting, int port) throws BadSettingsException {
    return Settings.load(
        Optional.empty(),
        Map.of(),
        Map.of(
            setting,
            "http://127.0.0.1:" + port,
            FarmSetting.STORE_ACCESS_KEY.name(),
            keys.get(0),
            FarmSetting.STORE_SECRET_KEY.name(),
            keys.get(1)));
  }

  /** Where each process writes what it does, a file for each of its lives. */
  public Path logs() {
    return folder.resolve("logs");
  }

  public List<Member> gateways() {
    return List.copyOf(gateways);
  }

  public List<Member> workers() {
    return List.copyOf(workers);
  }

  /** Gateways and workers. */
  public List<Member> doors() {
    return Stream.concat(gateways.stream(), workers.stream()).toList();
  }

  public Member store() {
    return store;
  }

  /** What all of them go through to the store. */
  public S3Relay s3() {
    return s3;
  }

  public Links links(Member member) {
    return Objects.requireNonNull(links.get(member));
  }

  /** The store as it is, past all relays. */
  public S3ObjectStore objects() {
    return objects;
  }

  /** A ledger in the store as it is. */
  public JobLedger ledger() {
    return ledger;
  }

  /** A client of each gateway, in their order. */
  public List<DoosClient> clients() {
    return gateways.stream().map(gateway -> clientAt(ports.getOrDefault(gateway, 0))).toList();
  }

  /** Where a gateway speaks HTTP. */
  public URI http(Member gateway) {
    return URI.create("http://127.0.0.1:" + httpPorts.getOrDefault(gateway, 0) + "/");
  }

  static DoosClient clientAt(int port) {
    return new DoosClient(
        new DoosClient.Config("127.0.0.1", port, Duration.ofSeconds(2), Duration.ofSeconds(15)));
  }

  /** Ends all faults: everything runs, and every link is whole. */
  public void heal() throws Exception {
    s3.set(_ -> StoreFault.NONE);
    for (var link : links.values()) {
      link.amqp().set(LinkFault.NONE);
      link.store().set(LinkFault.NONE);
    }
    store.thaw();
    store.launch();
    for (var member : doors()) {
      member.thaw();
      member.launch();
    }
    store.awaitReady();
    for (var member : doors()) {
      member.awaitReady();
    }
  }

  /** Has every process that this one started end with it, even if somebody interrupts it. */
  public static void endAllWithThisProcess() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() ->
                ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
  }

  /** Stops workers and gateways in order, then the store. */
  @Override
  public void close() {
    closer.close();
  }
}
