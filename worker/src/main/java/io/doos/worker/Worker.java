package io.doos.worker;

import io.doos.common.config.Settings;
import io.doos.common.crew.WorkerState;
import io.doos.common.farm.FarmLinks;
import io.doos.common.health.HealthChecks;
import io.doos.common.health.Standing;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.Keys;
import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.metrics.Metrics;
import io.doos.common.queue.Broker;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import io.doos.common.trace.Traces;
import io.doos.common.uno.UnoDoor;
import io.doos.common.uno.UnoDoorView;
import io.doos.worker.engine.ConvertEngine;
import io.doos.worker.engine.MacroEngine;
import io.doos.worker.engine.OfficeBasics;
import io.doos.worker.engine.OfficeCleaning;
import io.doos.worker.engine.OfficePreparation;
import io.doos.worker.format.FormatEngine;
import io.doos.worker.format.FormatterPool;
import io.doos.worker.mirror.FolderMirror;
import io.doos.worker.office.OfficeFailure;
import io.doos.worker.office.OfficeLease;
import io.doos.worker.office.OfficePool;
import io.doos.worker.office.Offices;
import io.doos.worker.office.Watchdog;
import io.doos.worker.run.AttemptByKind;
import io.doos.worker.run.FormatAttempt;
import io.doos.worker.run.JobRunner;
import io.doos.worker.run.JobTaker;
import io.doos.worker.run.OfficeAttempt;
import io.doos.worker.run.Withdrawals;
import io.doos.worker.uno.OfficePlaces;
import io.doos.worker.web.WebFetcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: offices, and what takes jobs to them. Built here in reading order; stops by giving back
 * what it has not begun.
 */
public final class Worker implements Service {

  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final Duration TEMPLATES_FRESH = Duration.ofMillis(500);
  private static final Duration FONTS_FRESH = Duration.ofSeconds(30);

  /** The farm behind it; all of this stays the caller's to close, after the worker. */
  public record Farm(ObjectStore store, JobLedger ledger, Broker broker) {

    /** The farm that {@code links} lead to. */
    public static Farm of(FarmLinks links) {
      return new Farm(links.store(), links.ledger(), links.broker());
    }
  }

  private final WorkerSettings settings;
  private final Farm farm;
  private final InstantSource clock;
  private final WorkerFolder folder;
  private final WorkerHealth health;
  private final Standing standing;
  private final WorkerMeters meters;
  private final Portrait portrait;
  private final Newscast newscast;
  private final Closer closer = new Closer();
  private volatile @Nullable JobTaker taker;
  private volatile @Nullable UnoDoor uno;

  /**
   * A worker that has not started.
   *
   * @param farm whose links are started before this
   */
  public Worker(Settings settings, Farm farm, InstantSource clock) {
    this(settings, farm, new Metrics(), Traces.NONE, clock);
  }

  /**
   * A worker that has not started.
   *
   * @param farm whose links are started before this
   * @param metrics where it counts
   * @param traces where it tells of its attempts; stays the caller's to close, after the worker
   */
  public Worker(Settings settings, Farm farm, Metrics metrics, Traces traces, InstantSource clock) {
    this.settings = new WorkerSettings(settings);
    this.farm = farm;
    this.clock = clock;
    this.folder = WorkerFolder.in(this.settings.dataFolder());
    this.health = new WorkerHealth(folder);
    this.standing =
        new Standing("worker", "takes jobs of pool '" + this.settings.taker().pool() + "'");
    this.meters = new WorkerMeters(metrics, traces);
    this.portrait = new Portrait(this.settings.name(), this.settings.taker().pool(), clock);
    this.newscast = new Newscast(farm.broker().workers(), portrait::now);
  }

  /**
   * Starts offices, and takes jobs once the first is ready.
   *
   * @throws Exception when its data folder is in use, or no office can be started
   */
  @Override
  public void start() throws Exception {
    try {
      closer.start(newscast);
      closer.add(() -> portrait.ends(WorkerState.STOPPED));
      var offices = closer.add(Offices.open(settings.offices(folder)));
      folder.sweep();
      var templates = mirror(folder, Keys.TEMPLATES, folder.templates(), TEMPLATES_FRESH);
      var fonts = mirror(folder, Keys.FONTS, folder.fonts(), FONTS_FRESH);
      fetchNow(fonts);
      var watchdog = closer.start(new Watchdog(settings.watchdog(), clock));
      var basics = new OfficeBasics();
      var pool =
          closer.start(
              new OfficePool(
                  settings.pool(),
                  offices,
                  watchdog,
                  new OfficePreparation(basics),
                  new OfficeCleaning(basics),
                  clock));
      health.watch(pool);
      meters.show(pool);
      portrait.has(pool, offices.installation().version());
      var withdrawals = closer.start(new Withdrawals(farm.ledger()));
      closer.add(farm.broker().control().subscribe(withdrawals::hint));
      var tools =
          new OfficeAttempt.Tools(
              pool,
              _ -> disposable(offices),
              watchdog,
              new MacroEngine(basics),
              new ConvertEngine(basics),
              List.of(templates, fonts));
      var attempt = new OfficeAttempt(settings.attempt(folder), tools, farm.store(), clock, meters);
      var formatters =
          closer.start(
              FormatterPool.open(settings.formatters(), settings.formatterJail(folder), clock));
      meters.show(formatters);
      portrait.has(formatters);
      var formatting =
          new FormatAttempt(
              settings.attempt(folder),
              new FormatAttempt.Tools(
                  formatters, watchdog, new FormatEngine(), fonts, new WebFetcher(settings.web())),
              farm.store(),
              clock);
      var runner =
          new JobRunner(
              farm.ledger(),
              farm.store(),
              farm.broker().events(),
              withdrawals,
              new AttemptByKind(attempt, formatting),
              settings.name(),
              meters);
      openUno(pool, watchdog, basics);
      var takes = closer.start(new JobTaker(farm.broker().deliveries(), runner, settings.taker()));
      taker = takes;
      health.watch(takes);
      meters.show(takes);
      portrait.takes(takes);
      closer.start(
          new Orders(
              farm.broker().workers(),
              settings.name(),
              settings.taker().pool(),
              takes,
              newscast::hasChanged));
      standing.started();
      newscast.hasChanged();
      log.info("Worker {} takes jobs of pool '{}'", settings.name(), settings.taker().pool());
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /** Clients over UNO have the offices of jobs, or, where they share a folder, offices apart. */
  private void openUno(OfficePool jobs, Watchdog watchdog, OfficeBasics basics) throws Exception {
    var door = settings.uno();
    if (door.isEmpty()) {
      return;
    }
    var shared = settings.sharedFolder();
    var pool =
        shared.isEmpty()
            ? jobs
            : closer.start(
                new OfficePool(
                    settings.unoPool(),
                    closer.add(Offices.open(settings.unoOffices(folder, shared.get()))),
                    watchdog,
                    new OfficePreparation(basics),
                    new OfficeCleaning(basics),
                    clock));
    var places =
        new OfficePlaces(pool, watchdog, settings.unoSessions(), settings.afterUno(), clock);
    var open = closer.start(new UnoDoor(door.get(), places, clock));
    uno = open;
    health.watch(open);
    meters.show(open);
    settings.unoHost().ifPresent(host -> portrait.opens(() -> Portrait.door(host, open.view())));
  }

  /** The UNO door and its sessions as they are now; empty where there is none. */
  public Optional<UnoDoorView> uno() {
    return Optional.ofNullable(uno).map(UnoDoor::view);
  }

  /** How it is: whether it takes jobs, its offices and its folder. */
  public HealthChecks checks() {
    return health.checks(standing);
  }

  @Override
  public void hurry() {
    var takes = taker;
    if (takes != null) {
      takes.hurry();
    }
    var door = uno;
    if (door != null) {
      door.hurry();
    }
  }

  @Override
  public void close() {
    standing.stopping();
    var door = uno;
    if (door != null) {
      Thread.startVirtualThread(
          door::close); // its sessions have their grace while jobs have theirs
    }
    portrait.ends(WorkerState.STOPPING);
    newscast.hasChanged();
    closer.close();
  }

  private FolderMirror mirror(WorkerFolder folder, String prefix, Path target, Duration fresh) {
    return new FolderMirror(farm.store(), prefix, target, folder.work(), fresh, clock);
  }

  private static Optional<OfficeLease> disposable(Offices offices) throws InterruptedException {
    try {
      return Optional.of(offices.startShowingDialogs());
    } catch (OfficeFailure e) {
      log.warn("No office to look into a failure with: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Offices see new fonts only when they start. */
  private static void fetchNow(FolderMirror fonts) throws IOException {
    try {
      fonts.refresh();
    } catch (StoreFailure e) {
      log.warn("The bucket's fonts cannot be fetched now: {}", e.getMessage());
    }
  }
}
