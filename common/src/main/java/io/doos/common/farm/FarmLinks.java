package io.doos.common.farm;

import io.doos.common.config.BadSettingsException;
import io.doos.common.config.FarmSetting;
import io.doos.common.config.JobSetting;
import io.doos.common.config.ProcessSetting;
import io.doos.common.config.Secret;
import io.doos.common.config.Setting;
import io.doos.common.config.Settings;
import io.doos.common.health.Check;
import io.doos.common.health.HealthChecks;
import io.doos.common.health.StoreProbe;
import io.doos.common.job.Pool;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.RunTimes;
import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.queue.LinkConfig;
import io.doos.common.queue.LinkPhase;
import io.doos.common.queue.LinkReport;
import io.doos.common.queue.RabbitBroker;
import io.doos.common.queue.Topology;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.S3ObjectStore;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links of a process to the farm's memory and mail. A store or broker that is not there yet is
 * no failure: the process serves as well as it can and finds them when they come.
 */
public final class FarmLinks implements Service {

  private static final Logger log = LoggerFactory.getLogger(FarmLinks.class);

  private static final Duration BUCKET_PAUSE = Duration.ofSeconds(1);

  private final S3ObjectStore store;
  private final RabbitBroker broker;
  private final JobLedger ledger;
  private final HealthChecks checks;
  private final Closer closer = new Closer();

  /**
   * Connects to nothing yet.
   *
   * @throws BadSettingsException when the store's keys are missing; addresses have a default
   */
  public FarmLinks(Settings settings, InstantSource clock) throws BadSettingsException {
    settings.require(FarmSetting.STORE_ACCESS_KEY, FarmSetting.STORE_SECRET_KEY);
    for (var address : List.of(FarmSetting.BROKER_URL, FarmSetting.STORE_URL)) {
      if (!settings.isSet(address)) {
        log.info("{} is not set: this machine's own is looked for", address.name());
      }
    }
    this.store = closer.add(new S3ObjectStore(storeConfig(settings)));
    this.broker =
        new RabbitBroker(
            LinkConfig.of(settings.get(FarmSetting.BROKER_URL).toString()),
            topology(settings),
            clock);
    this.ledger = ledger(settings, store, clock);
    this.checks =
        new HealthChecks(
            List.of(),
            List.of(
                () -> check(broker.links().getFirst(), false),
                () -> check(broker.links().getLast(), true),
                new StoreProbe(store, clock)));
  }

  /** A ledger in {@code store} by the rules of the settings. */
  public static JobLedger ledger(Settings settings, ObjectStore store, InstantSource clock) {
    return new JobLedger(
        store,
        clock,
        new JobLedger.Rules(
            settings.get(JobSetting.JOB_MAX_ATTEMPTS),
            settings.get(JobSetting.JOB_MAX_LOST),
            settings.get(JobSetting.RETENTION),
            runTimes(settings)));
  }

  /** How long workers may be at a job by the settings. */
  public static RunTimes runTimes(Settings settings) {
    return new RunTimes(
        settings.get(JobSetting.JOB_TIMEOUT),
        settings.get(JobSetting.JOB_MAX_TIMEOUT),
        settings.get(JobSetting.WATCHDOG_MAX_EXTENSIONS),
        settings.get(JobSetting.JOB_MAX_ATTEMPTS),
        settings.get(ProcessSetting.WORKER_STAGE));
  }

  /** What the settings want declared at the broker. */
  public static Topology topology(Settings settings) {
    var own = new Pool(settings.get(ProcessSetting.WORKER_POOL));
    return new Topology(Set.copyOf(List.of(Pool.DEFAULT, own))); // they may be the same
  }

  /** Where the settings say that the store is. */
  public static S3ObjectStore.Config storeConfig(Settings settings) {
    return new S3ObjectStore.Config(
        settings.get(FarmSetting.STORE_URL),
        settings.get(FarmSetting.STORE_BUCKET),
        settings.get(FarmSetting.STORE_REGION),
        key(settings, FarmSetting.STORE_ACCESS_KEY),
        key(settings, FarmSetting.STORE_SECRET_KEY),
        S3ObjectStore.Timeouts.DEFAULT);
  }

  /**
   * Connects, and makes the bucket if it is missing.
   *
   * @throws Exception when somebody must mend the store's or the broker's settings or rights first
   */
  @Override
  public void start() throws Exception {
    try {
      store.ensureBucket();
    } catch (StoreFailure.Unavailable e) {
      log.warn("The store is not there yet: {}", e.getMessage());
      var waiting = Thread.ofVirtual().name("bucket").start(this::ensureBucketWhenThere);
      closer.add(waiting::interrupt);
    }
    closer.start(broker);
  }

  /** A store that comes up late may be a new one, without our bucket. */
  private void ensureBucketWhenThere() {
    while (true) {
      try {
        Thread.sleep(BUCKET_PAUSE);
        store.ensureBucket();
        log.info("The store is there");
        return;
      } catch (StoreFailure.Unavailable e) {
        log.debug("The store is still not there: {}", e.getMessage());
      } catch (StoreFailure e) {
        log.error("The store is there, but the bucket cannot be made: {}", e.getMessage());
        return;
      } catch (InterruptedException e) {
        return; // closed
      }
    }
  }

  @Override
  public void close() {
    closer.close();
  }

  public ObjectStore store() {
    return store;
  }

  public RabbitBroker broker() {
    return broker;
  }

  public JobLedger ledger() {
    return ledger;
  }

  /** Whether broker and store can be used now: one check for each link, one for the store. */
  public HealthChecks checks() {
    return checks;
  }

  /**
   * A check of a link.
   *
   * @param mayBeBlocked a blocked link still delivers and acks, but publishes nothing
   */
  private static Check check(LinkReport link, boolean mayBeBlocked) {
    var name = "broker." + link.name();
    var phase = link.phase().name().toLowerCase(Locale.ROOT);
    var found = link.reason().isEmpty() ? phase : phase + ": " + link.reason();
    var isOk = mayBeBlocked ? link.isUp() : link.phase() == LinkPhase.CONNECTED;
    return new Check(name, isOk, found);
  }

  private static String key(Settings settings, Setting<Optional<Secret>> setting) {
    return settings.get(setting).map(Secret::value).orElse("");
  }
}
