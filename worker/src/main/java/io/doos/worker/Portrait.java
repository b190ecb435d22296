package io.doos.worker;

import io.doos.common.crew.OfficeNews;
import io.doos.common.crew.WorkerNews;
import io.doos.common.crew.WorkerState;
import io.doos.common.job.Pool;
import io.doos.common.uno.UnoDoorView;
import io.doos.worker.format.FormatterPool;
import io.doos.worker.format.FormatterSnapshot;
import io.doos.worker.office.OfficePool;
import io.doos.worker.office.OfficeSnapshot;
import io.doos.worker.run.JobTaker;
import io.doos.worker.run.RunningJob;
import io.doos.worker.uno.OfficePlaces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a worker looks like from outside, at any moment. It only reads what is known anyway; no
 * process is asked anything. Safe for use by any thread.
 */
final class Portrait {

  private static final String NOT_FROM_A_JAR = "development";

  private final String worker;
  private final Pool jobs;
  private final InstantSource clock;
  private @Nullable String officeVersion;
  private @Nullable OfficePool offices;
  private @Nullable FormatterPool formatters;
  private @Nullable JobTaker taker;
  private Supplier<WorkerNews.@Nullable Door> door = () -> null;
  private @Nullable WorkerState end;
  private WorkerState state = WorkerState.STARTING;
  private Instant since;

  Portrait(String worker, Pool jobs, InstantSource clock) {
    this.worker = worker;
    this.jobs = jobs;
    this.clock = clock;
    this.since = clock.instant();
  }

  /** It has offices. */
  synchronized void has(OfficePool pool, String version) {
    offices = pool;
    officeVersion = version;
  }

  /** It can format, and has as many formatters as it needed so far. */
  synchronized void has(FormatterPool pool) {
    formatters = pool;
  }

  /** It takes jobs. */
  synchronized void takes(JobTaker by) {
    taker = by;
  }

  /** It has a UNO door. */
  synchronized void opens(Supplier<WorkerNews.@Nullable Door> at) {
    door = at;
  }

  /** What it tells of a UNO door that other machines know under {@code host}. */
  static WorkerNews.@Nullable Door door(String host, UnoDoorView view) {
    return view.port() == 0
        ? null
        : new WorkerNews.Door(host, view.port(), view.places(), view.free(), sessions(view));
  }

  private static List<WorkerNews.Session> sessions(UnoDoorView view) {
    return view.sessions().stream()
        .flatMap(session ->
            session.office().stream()
                .map(office -> new WorkerNews.Session(session.client(), office, session.since())))
        .toList();
  }

  /** It is on its way out, or gone. */
  synchronized void ends(WorkerState how) {
    end = how;
  }

  /** How it looks now. */
  synchronized WorkerNews now() {
    var now = clock.instant();
    var present = presentState();
    if (present != state) {
      state = present;
      since = now;
    }
    var seated = seated();
    return new WorkerNews(
        worker,
        jobs,
        state,
        since,
        now,
        new WorkerNews.Versions(version(), officeVersion),
        door.get(),
        offices(seated),
        formatters(seated),
        taker == null ? 0 : taker.inHand());
  }

  private WorkerState presentState() {
    if (end != null) {
      return end;
    }
    if (taker == null) {
      return WorkerState.STARTING;
    }
    return switch (taker.mode()) {
      case TAKING -> WorkerState.READY;
      case DRAINING -> WorkerState.DRAINING;
      case PAUSED -> WorkerState.PAUSED;
    };
  }

  /** By the name of what they are in. */
  private Map<String, RunningJob.Seated> seated() {
    return taker == null
        ? Map.of()
        : taker.seated().stream()
            .collect(
                Collectors.toMap(RunningJob.Seated::office, Function.identity(), (one, _) -> one));
  }

  private List<OfficeNews> offices(Map<String, RunningJob.Seated> seated) {
    return offices == null
        ? List.of()
        : offices.snapshot().stream()
            .map(office -> news(office, seated.get(office.name())))
            .toList();
  }

  private List<OfficeNews> formatters(Map<String, RunningJob.Seated> seated) {
    return formatters == null
        ? List.of()
        : formatters.snapshot().stream()
            .map(formatter -> news(formatter, seated.get(formatter.name())))
            .toList();
  }

  /** Nobody looks at a formatter's memory while it works, so none is told. */
  private static OfficeNews news(FormatterSnapshot formatter, RunningJob.@Nullable Seated job) {
    return new OfficeNews(
        formatter.slot(),
        formatter.generation(),
        formatter.phase().name(),
        formatter.uses(),
        formatter.since(),
        0,
        shown(Optional.of(formatter.tenant())),
        current(job));
  }

  private static OfficeNews news(OfficeSnapshot office, RunningJob.@Nullable Seated job) {
    return new OfficeNews(
        office.slot(),
        office.generation(),
        office.phase(),
        office.uses(),
        office.since(),
        office.memoryBytes(),
        shown(office.tenant()),
        current(job));
  }

  private static @Nullable String shown(Optional<String> tenant) {
    return tenant.filter(name -> !name.isEmpty()).map(OfficePlaces::shownTenant).orElse(null);
  }

  private static OfficeNews.@Nullable Current current(RunningJob.@Nullable Seated job) {
    return job == null ? null : new OfficeNews.Current(job.ticket(), job.since());
  }

  private static String version() {
    var version = Portrait.class.getPackage().getImplementationVersion();
    return version == null ? NOT_FROM_A_JAR : version;
  }
}
