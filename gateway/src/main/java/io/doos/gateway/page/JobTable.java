package io.doos.gateway.page;

import io.doos.common.job.Ticket;
import io.doos.common.status.State;
import io.doos.gateway.watch.EndedJob;
import io.doos.gateway.watch.FarmView;
import io.doos.gateway.watch.HeardJob;
import io.doos.gateway.watch.JobFilter;
import io.doos.gateway.watch.OpenJob;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The recent jobs: those that were taken here, those whose end was heard of, and their filters. */
final class JobTable {

  /** More than anybody reads; a filter finds the rest. */
  static final int MOST_SHOWN = 100;

  private final JobFilter filter;
  private final List<HeardJob> jobs;
  private final FarmView farm;

  JobTable(JobFilter filter, List<HeardJob> jobs, FarmView farm) {
    this.filter = filter;
    this.jobs = jobs;
    this.farm = farm;
  }

  /** A ticket that leads to its job's page. */
  static Html link(Ticket ticket) {
    return Html.of("<a class=\"ticket\" href=\"/page/jobs/{}\">{}</a>", ticket, ticket);
  }

  Html html() {
    return Html.of(
        """
        <section aria-labelledby="jobs-h" class="card">
        <h2 id="jobs-h">Recent jobs</h2>
        {}
        <div data-live="jobs">{}</div>
        </section>
        """,
        filters(),
        rows());
  }

  private Html filters() {
    var states =
        Arrays.stream(State.values())
            .map(state ->
                Html.of(
                    "<option value=\"{}\"{}>{}</option>",
                    state,
                    filter.state().filter(state::equals).isPresent()
                        ? Html.of(" selected")
                        : Html.NOTHING,
                    state.name().toLowerCase(java.util.Locale.ROOT)))
            .toList();
    return Html.of(
        """
        <form class="filters" action="/#jobs-h" role="search" aria-label="Filter the recent jobs">
        <p><label for="f-state">State</label><select id="f-state" name="state"><option value="">any</option>{}</select></p>
        {}{}{}{}{}
        <p><button>Filter</button> <a href="/#jobs-h">All</a></p>
        </form>
        """,
        states,
        field("kind", "Kind", filter.kind()),
        field("pool", "Pool", filter.pool()),
        field("tenant", "Tenant", filter.tenant()),
        field("worker", "Worker", filter.worker()),
        field("text", "Ticket or error", filter.text()));
  }

  private static Html field(String name, String label, String value) {
    return Html.of(
        "<p><label for=\"f-{}\">{}</label><input id=\"f-{}\" name=\"{}\" value=\"{}\" maxlength=\"128\"></p>",
        name,
        label,
        name,
        name,
        value);
  }

  private Html rows() {
    if (jobs.isEmpty()) {
      return Html.of(
          "<p class=\"empty\">{}</p>",
          filter.equals(JobFilter.ALL)
              ? "No job was taken here, and none has ended, since this gateway began to listen. Any other job is found by"
                  + " its ticket, above."
              : "None of the "
                  + Words.count(farm.remembered())
                  + " jobs remembered fits the filter.");
    }
    return Html.of(
        "{}<p class=\"note\">{}</p>",
        FarmPage.table(
            "Jobs taken here and jobs whose end was heard of, newest first",
            List.of(
                "Since", "Ticket", "State", "Kind", "Pool", "Tenant", "Worker", "Time", "Error"),
            jobs.stream().map(this::row).toList()),
        jobs.size()
            + " shown of "
            + Words.count(farm.remembered())
            + " remembered, 10\u2009000 at most. Times are UTC.");
  }

  /** How long it took, or takes already. */
  private Duration took(HeardJob job) {
    return switch (job) {
      case OpenJob open -> Duration.between(open.enteredAt(), farm.at());
      case EndedJob ended -> ended.took();
    };
  }

  private Html row(HeardJob job) {
    return Html.of(
        "<tr><td>{}</td><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td>"
            + "<td>{}</td><td class=\"number\">{}</td><td class=\"error\">{}</td></tr>",
        Words.time(job.at()),
        link(job.ticket()),
        Words.badge(job.state()),
        job.kind().orElse("–"),
        job.pool().map(Object::toString).orElse("–"),
        job.tenant().orElse("–"),
        job.worker().orElse("–"),
        Words.of(took(job)),
        job.error());
  }
}
