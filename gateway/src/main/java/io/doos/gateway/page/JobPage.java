package io.doos.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.ledger.Dossier;
import io.doos.common.ledger.JobRecord;
import io.doos.common.status.JobError;
import io.doos.common.status.Result;
import io.doos.common.status.Status;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One job: how it went, what failed, what it left, and what can be done to it. */
final class JobPage {

  private static final int MOST_FILES = 200;
  private static final int MOST_PREVIEWS = 6;

  private final Dossier dossier;
  private final Status status;
  private final Actions actions;
  private final Instant now;

  JobPage(Dossier dossier, Actions actions, Instant now) {
    this.dossier = dossier;
    this.status = dossier.status();
    this.actions = actions;
    this.now = now;
  }

  Html html() {
    return Html.of(
        """
        <div data-live="job">
        <h1>Job <span class="ticket">{}</span> {}</h1>
        {}
        <section aria-labelledby="how-h" class="card"><h2 id="how-h">How it went</h2>{}</section>
        {}
        <section aria-labelledby="tries-h" class="card"><h2 id="tries-h">Attempts</h2>{}</section>
        </div>
        {}{}
        """,
        status.ticket(),
        Words.badge(status.state()),
        buttons(),
        how(),
        error(),
        tries(),
        files(),
        submitted());
  }

  private Html buttons() {
    var path = "/page/jobs/" + status.ticket();
    var buttons = new ArrayList<Html>();
    if (!status.state().isFinal()) {
      buttons.add(actions.button(path + "/cancel", "Cancel", "Cancel this job?"));
    }
    if (dossier.job() != null) {
      buttons.add(actions.button(path + "/resubmit", "Submit again", ""));
    }
    buttons.add(actions.button(path + "/delete", "Delete", "Delete this job with all it left?"));
    return Html.of("<div class=\"actions\">{}</div>", buttons);
  }

  private Html how() {
    var times = status.times();
    var facts = new ArrayList<Html>();
    facts.add(fact("Entered", Words.day(times.enteredAt())));
    if (times.startedAt() != null) {
      facts.add(fact("Begun", Words.day(times.startedAt())));
    }
    var end = times.finishedAt();
    facts.add(
        end == null
            ? fact("Since", Words.of(Duration.between(times.enteredAt(), now)))
            : fact("Ended", Words.day(end)));
    if (end != null) {
      facts.add(fact("Took", Words.of(Duration.between(times.enteredAt(), end))));
    }
    facts.add(
        fact("Attempt", status.run().attempt() + " of at most " + status.run().maxAttempts()));
    optional(facts, "Worker", status.run().worker());
    optional(facts, "LibreOffice", status.run().officeVersion());
    optional(facts, "Returned", status.returned());
    return Html.of(
        "{}<dl class=\"facts\">{}</dl>",
        status.timings() == null ? Html.NOTHING : Timeline.of(status.timings()),
        facts);
  }

  private static void optional(
      List<Html> facts, String name, @org.jspecify.annotations.Nullable String value) {
    if (value != null && !value.isEmpty()) {
      facts.add(fact(name, value));
    }
  }

  private static Html fact(String name, Object value) {
    return Html.of("<div><dt>{}</dt><dd>{}</dd></div>", name, value);
  }

  private Html error() {
    return Optional.ofNullable(status.error()).map(this::error).orElse(Html.NOTHING);
  }

  private Html error(JobError error) {
    var job = dossier.job();
    var number = error.number() == null ? Html.NOTHING : Html.of(" Basic error {}", error.number());
    return Html.of(
        """
        <section aria-labelledby="error-h" class="card failure"><h2 id="error-h">What failed</h2>
        <p><strong>{}</strong>{}: {}</p>{}</section>
        """,
        error.code(),
        number,
        error.message(),
        Html.maybe(job == null ? Optional.empty() : SourceView.of(error, job.message())));
  }

  private Html tries() {
    if (dossier.tries().isEmpty()) {
      return Html.of("<p class=\"empty\">No worker has begun it.</p>");
    }
    var newest = dossier.tries().getLast().attempt();
    return FarmPage.table(
        "Attempts, oldest first",
        List.of("Attempt", "Worker", "Begun", "Outcome"),
        dossier.tries().stream()
            .map(one ->
                Html.of(
                    "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>",
                    one.attempt(),
                    one.worker(),
                    Words.day(one.claimedAt()),
                    outcome(one, one.attempt() == newest)))
            .toList());
  }

  private Html outcome(Dossier.Try one, boolean isNewest) {
    if (one.end().isPresent()) {
      var word = one.end().get().how().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return Html.of("{} at {}", word, Words.time(one.end().get().at()));
    }
    if (isNewest) {
      return status.state().isFinal() ? Words.badge(status.state()) : Html.of("runs");
    }
    return Html.of("vanished without a word");
  }

  private Html files() {
    var result = status.result();
    if (result == null) {
      return Html.NOTHING;
    }
    var rows = result.files().stream().limit(MOST_FILES).map(this::file).toList();
    var table =
        rows.isEmpty()
            ? Html.of("<p class=\"empty\">It left no file.</p>")
            : FarmPage.table("Files of the result", List.of("File", "Size"), rows);
    return Html.of(
        """
        <section aria-labelledby="files-h" class="card"><h2 id="files-h">Files it left{}</h2>{}
        <p class="note">{} as a zip of {} · <a href="/v1/jobs/{}/output">download all</a></p><div class="previews">{}</div></section>
        """,
        result.partial() ? " before it failed" : "",
        table,
        result.files().size() == 1 ? "one file" : result.files().size() + " files",
        Words.bytes(result.bytes()),
        status.ticket(),
        previews(result));
  }

  private Html file(Result.OutputFile file) {
    return Html.of(
        "<tr><th scope=\"row\"><a href=\"/v1/jobs/{}/output/{}\">{}</a></th><td class=\"number\">{}</td></tr>",
        status.ticket(),
        encoded(file.name()),
        file.name(),
        Words.bytes(file.bytes()));
  }

  private List<Html> previews(Result result) {
    return result.files().stream()
        .filter(file -> Preview.isPossible(file))
        .limit(MOST_PREVIEWS)
        .map(file -> preview(status.ticket(), file))
        .toList();
  }

  private static Html preview(Ticket ticket, Result.OutputFile file) {
    var template =
        Preview.isImage(file.name())
            ? "<figure><img src=\"/page/jobs/{}/files/{}\" alt=\"Preview of {}\" loading=\"lazy\"><figcaption>{}</figcaption></figure>"
            : "<figure class=\"wide\"><iframe src=\"/page/jobs/{}/files/{}\" title=\"Preview of {}\" loading=\"lazy\"></iframe><figcaption>{}</figcaption></figure>";
    return Html.of(template, ticket, encoded(file.name()), file.name(), file.name());
  }

  private Html submitted() {
    return Optional.ofNullable(dossier.job()).map(this::submitted).orElse(Html.NOTHING);
  }

  private Html submitted(JobRecord job) {
    var facts = new ArrayList<Html>();
    facts.add(fact("Kind", kind(job.message().work())));
    facts.add(fact("Pool", job.pool()));
    optional(facts, "Tenant", job.message().tenant());
    if (job.priority() != null) {
      facts.add(fact("Priority", job.priority()));
    }
    var limits = job.message().limits();
    if (limits.notAfter() != null) {
      facts.add(fact("Not after", Words.day(limits.notAfter())));
    }
    if (limits.timeout() != null) {
      facts.add(fact("Time-out", Words.of(limits.timeout())));
    }
    optional(facts, "Reply to", job.replyTo());
    facts.add(fact("Files", inputs(job.message())));
    return Html.of(
        "<section aria-labelledby=\"sub-h\" class=\"card\"><h2 id=\"sub-h\">What was submitted</h2><dl class=\"facts\">{}</dl></section>",
        facts);
  }

  private static String kind(Work work) {
    return switch (work) {
      case Work.RunMacro macro -> "macro, " + macro.function() + " in " + macro.script();
      case Work.Convert convert -> "convert to " + convert.to();
      case Work.Format format -> "format " + format.source() + " to " + format.to();
    };
  }

  private static Html inputs(JobMessage message) {
    var names = new ArrayList<Html>();
    for (var file : message.files()) {
      names.add(
          switch (file) {
            case InputFile.Inline(var name, var content) ->
                Html.of(
                    "<li>{} <span class=\"note\">{}</span></li>",
                    name,
                    Words.bytes(content.length));
            case InputFile.Stored(var name, var object) ->
                Html.of("<li>{} <span class=\"note\">{}</span></li>", name, object);
          });
    }
    if (message.bundle() != null) {
      names.add(
          Html.of("<li>a bundle <span class=\"note\">{}</span></li>", message.bundle().object()));
    }
    return Html.of("<ul class=\"plain\">{}</ul>", names);
  }

  /** A path within a path: its slashes stay. */
  static String encoded(String path) {
    return URLEncoder.encode(path, UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
