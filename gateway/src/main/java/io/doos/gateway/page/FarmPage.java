package io.doos.gateway.page;

import io.doos.common.crew.OfficeNews;
import io.doos.common.crew.Roster;
import io.doos.common.crew.WorkerNews;
import io.doos.common.crew.WorkerState;
import io.doos.gateway.watch.FarmView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The farm at a glance: figures, plot, pools, workers and their offices. */
final class FarmPage {

  /** Silent for longer than it should be: two of its intervals. */
  private static final Duration QUIET = WorkerNews.INTERVAL.multipliedBy(2);

  private final FarmView farm;
  private final Actions actions;

  FarmPage(FarmView farm, Actions actions) {
    this.farm = farm;
    this.actions = actions;
  }

  Html html() {
    return Html.of(
        """
        <h1>Farm</h1>
        <section aria-labelledby="glance-h" data-live="glance">{}</section>
        <section aria-labelledby="hour-h" class="card">
        <h2 id="hour-h">Jobs per minute, last hour</h2>
        <div data-live="hour">{}</div>
        <div id="plot" class="plot" role="img" aria-label="Jobs that ended in each minute of the last hour; the figures above and the table of jobs below say the same"></div>
        </section>
        <section aria-labelledby="pools-h" class="card" data-live="pools">{}</section>
        <section aria-labelledby="workers-h" class="card" data-live="workers">{}</section>
        """,
        glance(),
        hour(),
        pools(),
        workers());
  }

  private Html glance() {
    var waiting = farm.pools().stream().mapToLong(pool -> pool.waiting().orElse(0)).sum();
    var oldest =
        farm.pools().stream().flatMap(pool -> pool.oldest().stream()).max(Duration::compareTo);
    var offices = farm.workers().stream().mapToInt(heard -> heard.news().offices().size()).sum();
    var busy =
        farm.workers().stream()
            .flatMap(heard -> heard.news().offices().stream())
            .filter(office -> office.state().equals("LEASED"))
            .count();
    return Html.of(
        "<h2 id=\"glance-h\" class=\"quiet\">At a glance</h2><dl class=\"figures\">{}{}{}{}{}</dl>",
        figure(
            "Waiting jobs",
            Words.count(waiting),
            oldest.map(age -> "oldest " + Words.of(age)).orElse("nobody waits long"),
            ""),
        figure("Offices at work", busy + " / " + offices, workersInWords(), ""),
        figure("Done, last hour", Words.count(done()), perMinute(), ""),
        figure("Failed, last hour", Words.count(failed()), share(), failed() > 0 ? "bad" : ""),
        figure(
            "Time to result",
            farm.latency().map(time -> Words.of(time.p50())).orElse("–"),
            farm.latency()
                .map(time -> "p95 " + Words.of(time.p95()) + " · p99 " + Words.of(time.p99()))
                .orElse("no job ended yet"),
            ""));
  }

  private static Html figure(String name, String value, String more, String tone) {
    return Html.of(
        "<div class=\"figure {}\"><dt>{}</dt><dd><strong>{}</strong><span>{}</span></dd></div>",
        tone,
        name,
        value,
        more);
  }

  private String workersInWords() {
    var workers = farm.workers().size();
    return workers == 1 ? "one worker" : workers + " workers";
  }

  private long done() {
    return farm.lastHour().stream().mapToLong(FarmView.Minute::done).sum();
  }

  private long failed() {
    return farm.lastHour().stream().mapToLong(FarmView.Minute::failed).sum();
  }

  private String perMinute() {
    var size = farm.lastHour().size();
    var last = size < 2 ? 0 : farm.lastHour().get(size - 2).done();
    return Words.count(last) + " in the last whole minute";
  }

  private String share() {
    var all = done() + failed();
    return all == 0 ? "none ended" : Math.round(1000.0 * failed() / all) / 10.0 + " % of all";
  }

  /** The figures of the plot travel in an attribute: no script stands in the page. */
  private Html hour() {
    var minutes = farm.lastHour();
    var series =
        "{\"t\":%s,\"done\":%s,\"failed\":%s}"
            .formatted(
                minutes.stream().map(minute -> minute.begin().getEpochSecond()).toList(),
                minutes.stream().map(FarmView.Minute::done).toList(),
                minutes.stream().map(FarmView.Minute::failed).toList());
    return Html.of(
        "<p class=\"note\" id=\"series\" data-series=\"{}\"><span class=\"key done\"></span> done"
            + " <span class=\"key failed\"></span> failed, cancelled or expired · heard here since {}</p>",
        series,
        Words.day(farm.since()));
  }

  private Html pools() {
    var rows =
        farm.pools().stream()
            .map(pool ->
                Html.of(
                    "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td>{}</td><td>{}</td>"
                        + "<td class=\"actions\">{}</td></tr>",
                    pool.pool(),
                    pool.waiting().isPresent() ? Words.count(pool.waiting().getAsLong()) : "?",
                    pool.oldest().map(Words::of).orElse("–"),
                    serving(pool),
                    actions.orders("pools", pool.pool().name(), poolOrders(pool))))
            .toList();
    return Html.of(
        "<h2 id=\"pools-h\">Pools</h2>{}",
        table("Queues by pool", List.of("Pool", "Waiting", "Oldest", "Workers", "Actions"), rows));
  }

  private String serving(FarmView.PoolView pool) {
    var states =
        of(pool).stream()
            .collect(
                Collectors.groupingBy(
                    news -> news.state().name().toLowerCase(java.util.Locale.ROOT),
                    java.util.TreeMap::new,
                    Collectors.counting()));
    return states.isEmpty()
        ? "nobody serves it"
        : states.entrySet().stream()
            .map(state -> state.getValue() + " " + state.getKey())
            .collect(Collectors.joining(", "));
  }

  private List<WorkerNews> of(FarmView.PoolView pool) {
    return farm.workers().stream()
        .map(Roster.Heard::news)
        .filter(news -> news.pool().equals(pool.pool()))
        .toList();
  }

  private List<String> poolOrders(FarmView.PoolView pool) {
    var takes = of(pool).stream().anyMatch(news -> news.state() == WorkerState.READY);
    var rests = of(pool).stream().anyMatch(news -> isResting(news.state()));
    return takes && rests
        ? List.of("pause", "drain", "resume")
        : takes ? List.of("pause", "drain") : rests ? List.of("resume") : List.of();
  }

  private static boolean isResting(WorkerState state) {
    return state == WorkerState.PAUSED || state == WorkerState.DRAINING;
  }

  private Html workers() {
    var list =
        farm.workers().isEmpty()
            ? Html.of(
                "<p class=\"empty\">No worker has been heard of in the last 30 s. Workers tell of"
                    + " themselves every 6 s; start one with <code>doos worker</code>, or look into"
                    + " its log.</p>")
            : Html.all(farm.workers().stream().map(this::worker).toList());
    return Html.of("<h2 id=\"workers-h\">Workers</h2>{}", list);
  }

  private Html worker(Roster.Heard heard) {
    var news = heard.news();
    var quiet =
        heard.silence().compareTo(QUIET) < 0
            ? Html.NOTHING
            : Html.of(
                " <span class=\"badge silent\">silent for {}</span>", Words.of(heard.silence()));
    return Html.of(
        """
        <article class="worker">
        <header><h3>{}</h3> {}{} <p class="note">pool {} · for {} · doos {} · LibreOffice {}{} · {} in hand, {} of them staged</p>{}</header>
        {}{}{}
        </article>
        """,
        news.worker(),
        Words.badge(news.state()),
        quiet,
        news.pool(),
        Words.of(Duration.between(news.since(), farm.at())),
        news.versions().doos(),
        Optional.ofNullable(news.versions().office()).orElse("not known yet"),
        Optional.ofNullable(news.door()).map(FarmPage::door).orElse(Html.NOTHING),
        news.inHand(),
        news.staged(),
        actions.orders("workers", news.worker(), orders(news.state())),
        offices(news),
        formatters(news),
        Optional.ofNullable(news.door()).map(door -> sessions(news, door)).orElse(Html.NOTHING));
  }

  private static Html door(WorkerNews.Door door) {
    return Html.of(
        " · UNO {}:{}, {} of {} places free", door.host(), door.port(), door.free(), door.places());
  }

  private Html sessions(WorkerNews news, WorkerNews.Door door) {
    return door.sessions().isEmpty()
        ? Html.NOTHING
        : table(
            "UNO sessions on " + news.worker(),
            List.of("UNO client", "Office", "For"),
            door.sessions().stream()
                .map(session ->
                    Html.of(
                        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
                        session.client(),
                        session.office(),
                        age(session.since())))
                .toList());
  }

  private static List<String> orders(WorkerState state) {
    return switch (state) {
      case READY -> List.of("pause", "drain");
      case PAUSED, DRAINING -> List.of("resume");
      case STARTING, STOPPING, STOPPED -> List.of();
    };
  }

  private Html offices(WorkerNews news) {
    if (news.offices().isEmpty()) {
      return Html.of("<p class=\"empty\">It has no office yet.</p>");
    }
    return table(
        "Offices of " + news.worker(),
        columns("Office"),
        news.offices().stream().map(this::office).toList());
  }

  /** Most workers have none. */
  private Html formatters(WorkerNews news) {
    return news.formatters().isEmpty()
        ? Html.NOTHING
        : table(
            "Formatters of " + news.worker(),
            columns("Formatter"),
            news.formatters().stream().map(this::office).toList());
  }

  private static List<String> columns(String first) {
    return List.of(first, "State", "Uses", "Age", "Memory", "Tenant", "Job", "For");
  }

  private Html office(OfficeNews office) {
    var job = office.current();
    return Html.of(
        "<tr><th scope=\"row\">{}.{}</th><td>{}</td><td class=\"number\">{}</td><td>{}</td>"
            + "<td class=\"number\">{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        office.slot(),
        office.generation(),
        Words.badge(office.state()),
        office.uses(),
        Words.of(Duration.between(office.startedAt(), farm.at())),
        office.memoryBytes() == 0 ? "–" : Words.bytes(office.memoryBytes()),
        Optional.ofNullable(office.tenant()).orElse("–"),
        job == null ? "–" : JobTable.link(job.ticket()),
        job == null ? "–" : age(job.since()));
  }

  private String age(Instant since) {
    return Words.of(Duration.between(since, farm.at()));
  }

  /** A table that scrolls sideways by itself where the screen is narrow. */
  static Html table(String caption, List<String> columns, List<Html> rows) {
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="{}"><table><caption class="quiet">{}</caption>
        <thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>
        """,
        caption,
        caption,
        columns.stream().map(column -> Html.of("<th scope=\"col\">{}</th>", column)).toList(),
        rows);
  }
}
