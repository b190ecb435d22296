package io.doos.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.crew.OfficeNews;
import io.doos.common.crew.WorkerNews;
import io.doos.common.crew.WorkerOrder;
import io.doos.common.crew.WorkerState;
import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.ledger.Ending;
import io.doos.common.ledger.JobRecord;
import io.doos.common.ledger.Keys;
import io.doos.common.queue.Delivery;
import io.doos.common.queue.Inbox;
import io.doos.common.queue.JobFacts;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.common.status.Timings;
import io.doos.common.store.FakeObjectStore;
import io.doos.common.store.Sha256;
import io.doos.gateway.TestFarm;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operations page of a whole gateway in a real browser, with everything hostile in it. */
class OperationsPageTest {

  private static final String EVIL = "<img src=x onerror=window.pwned=1>\"'";
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

  private final FakeObjectStore store = new FakeObjectStore();
  @TempDir private Path folder;
  private TestFarm farm;
  private Browser browser;

  @BeforeEach
  void start() throws Exception {
    farm = new TestFarm(store, folder.resolve("spool"));
    browser = Browser.start(false, folder.resolve("profile"));
    browser.size(1280, 900);
  }

  @AfterEach
  void stop() {
    browser.close();
    farm.close();
  }

  @Test
  void thePageShowsTheFarmAsItChangesAndGivesOrders() throws Exception {
    var orders = new Inbox<WorkerOrder>();
    farm.broker().workers().obey(orders);
    open("/");
    assertThat(text("#workers-h + .empty")).contains("No worker has been heard of");
    farm.broker().workers().tell(news("w-1", WorkerState.READY));
    browser.await("document.querySelector('.worker h3')?.textContent === 'w-1'");
    assertThat(text("[data-live=workers]")).contains("LibreOffice 7.4.7.2").contains("running-1");
    assertThat(text("[data-live=workers]")).contains("Formatters of w-1").contains("0.7");
    assertThat(text("[data-live=workers]"))
        .contains("UNO host.example:2002, 1 of 2 places free")
        .contains("UNO client")
        .contains(EVIL + "office-1.1");
    end("done-1", null);
    browser.await("document.querySelector('[data-live=jobs] a.ticket')?.textContent === 'done-1'");
    browser.await("document.querySelector('#plot canvas')");
    assertThat(browser.value("document.activeElement === document.body").asBoolean()).isTrue();

    browser.click(".worker button[value=pause]");
    assertThat(orders.next())
        .isEqualTo(new WorkerOrder(WorkerOrder.What.PAUSE, new WorkerOrder.OneWorker("w-1")));
    browser.await("document.querySelector('.said')?.textContent.includes('pause')");
    farm.broker().workers().tell(news("w-1", WorkerState.PAUSED));
    browser.await("document.querySelector('.worker button[value=resume]')");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aJobsPageShowsWhyItFailedWhatItLeftAndSubmitsItAgain() throws Exception {
    var ticket = end("failed-1", "Division by zero. " + EVIL).ticket();
    open("/page/jobs/" + ticket);
    assertThat(text("h1")).contains("failed-1").contains("failed");
    assertThat(text(".failure")).contains("MACRO_ERROR").contains("Basic error 11").contains(EVIL);
    assertThat(text(".source .at")).isEqualTo("  x = 1 / zero ' " + EVIL);
    assertThat(browser.value("document.querySelectorAll('.timeline rect').length").asInt())
        .isEqualTo(4);
    assertThat(text("[aria-labelledby=files-h]")).contains(EVIL + ".html").contains("page 1.png");
    browser.await("document.querySelector('.previews img')?.naturalWidth === 1");
    assertThat(browser.value("document.querySelectorAll('.previews figure').length").asInt())
        .as("the HTML file is not previewed")
        .isEqualTo(1);
    browser.click("form[action$=resubmit] button");
    browser.await("document.querySelector('.said')?.textContent.includes('once more')");
    assertThat(farm.published().getLast().message().files())
        .usingRecursiveComparison()
        .isEqualTo(farm.published(ticket).message().files());
    browser.click("form[action$=cancel] button");
    browser.accept();
    browser.await("document.querySelector('h1 .badge')?.textContent === 'cancelled'");
    assertThat(browser.value("window.pwned === undefined").asBoolean()).isTrue();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aJobTakenHereIsListedWhileItWaitsAndRunsAndThenWithItsEnd() throws Exception {
    submit("waiting-1");
    submit("running-1");
    open("/");
    assertThat(states()).isEqualTo("running-1 enqueued, waiting-1 enqueued");
    assertThat(text("[data-live=jobs] tbody tr:last-child"))
        .contains("convert")
        .contains("default");
    farm.broker().workers().tell(news("w-1", WorkerState.READY));
    browser.await("document.querySelector('[data-live=jobs] .badge.running')");
    assertThat(states()).isEqualTo("running-1 running, waiting-1 enqueued");
    assertThat(text("[data-live=jobs] tbody tr:first-child")).contains("w-1");

    open("/?state=ENQUEUED&kind=convert&pool=default&text=WAITING");
    assertThat(states()).isEqualTo("waiting-1 enqueued");
    assertThat(browser.value("document.getElementById('f-state').value").asText())
        .isEqualTo("ENQUEUED");
    open("/?state=RUNNING&worker=w-1");
    assertThat(states()).isEqualTo("running-1 running");

    open("/");
    end("running-1", null);
    browser.await("document.querySelector('[data-live=jobs] .badge.done')");
    assertThat(states()).isEqualTo("running-1 done, waiting-1 enqueued");
    open("/page/jobs/waiting-1");
    browser.click("form[action$=delete] button");
    browser.accept();
    browser.await("document.querySelector('.said')?.textContent.includes('deleted')");
    assertThat(states()).isEqualTo("running-1 done");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void deadMessagesAreShownAndPutBackOrRemoved() throws Exception {
    farm.broker().publishRaw(Pool.DEFAULT, ("{" + EVIL).getBytes(UTF_8), null, Map.of());
    farm.broker().publishRaw(Pool.DEFAULT, "[]".getBytes(UTF_8), null, Map.of());
    var inbox = new Inbox<Delivery>();
    try (var _ = farm.broker().deliveries().take(Pool.DEFAULT, 1, inbox)) {
      inbox.next().park("not JSON " + EVIL);
      inbox.next().park("no job");
    }
    open("/page/dead");
    assertThat(text("article h2")).isEqualTo("not JSON " + EVIL);
    assertThat(text("article pre")).isEqualTo("{" + EVIL);
    browser.click("article form[action$=requeue] button");
    browser.await("document.querySelector('.said')?.textContent.includes('back in a queue')");
    assertThat(farm.broker().ready(Pool.DEFAULT)).isEqualTo(1);
    assertThat(text("article h2")).isEqualTo("no job");
    browser.click("article form[action$=delete] button");
    browser.accept();
    browser.await("document.querySelector('.empty')?.textContent.includes('There are none')");
    assertThat(browser.value("window.pwned === undefined").asBoolean()).isTrue();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void nothingHostileRunsAndNothingIsCutOffAt360Pixels() throws Exception {
    farm.broker().workers().tell(news(EVIL, WorkerState.READY));
    end("failed-1", EVIL);
    open("/?text=" + JobPage.encoded(EVIL));
    assertThat(browser.value("document.getElementById('f-text').value").asText()).isEqualTo(EVIL);
    assertThat(text("[data-live=jobs] td.error")).contains(EVIL);
    for (var path : List.of("/", "/page/dead", "/page/jobs/failed-1", "/page/jobs/nobody")) {
      browser.size(360, 740);
      open(path);
      assertThat(browser.value("document.documentElement.scrollWidth").asInt())
          .as("width of " + path)
          .isLessThanOrEqualTo(360);
      browser.size(1280, 900);
    }
    assertThat(browser.value("window.pwned === undefined").asBoolean()).isTrue();
  }

  @Test
  void whoSeesNothingAndWhoHasNoMouseFindTheirWay() throws Exception {
    farm.broker().workers().tell(news("w-1", WorkerState.READY));
    end("failed-1", "no");
    for (var path : List.of("/", "/page/dead", "/page/jobs/failed-1")) {
      open(path);
      assertThat(
              browser
                  .value(
                      "[...document.querySelectorAll('input:not([type=hidden]),select')].filter(f => !f.labels.length).length")
                  .asInt())
          .as("fields without a label at " + path)
          .isZero();
      assertThat(
              browser
                  .value(
                      "[...document.querySelectorAll('table')].filter(t => !t.caption || ![...t.querySelectorAll('th')].every(h => h.scope)).length")
                  .asInt())
          .as("tables without caption or scopes at " + path)
          .isZero();
      assertThat(browser.value("document.querySelectorAll('h1').length").asInt()).isEqualTo(1);
      assertThat(
              browser
                  .value("document.querySelectorAll('main, header.top, nav, footer').length")
                  .asInt())
          .isEqualTo(4);
      assertThat(
              browser
                  .value(
                      "(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.length - new Set(ids).size; })()")
                  .asInt())
          .as("ids used twice")
          .isZero();
      assertThat(
              browser
                  .value(
                      "[...document.querySelectorAll('button')].filter(b => !(b.ariaLabel || b.textContent.trim())).length")
                  .asInt())
          .isZero();
    }
  }

  /** Submits a conversion over HTTP. */
  private void submit(String ticket) throws Exception {
    var job =
        """
        {"ticket": "%s", "work": {"kind": "convert", "to": "pdf"},
         "files": [{"name": "a.txt", "text": "a"}]}
        """
            .formatted(ticket);
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + farm.httpPort() + "/v1/jobs"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(job))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }
  }

  /** Tickets and states of the recent jobs, in their order. */
  private String states() throws Exception {
    return browser
        .value(
            "[...document.querySelectorAll('[data-live=jobs] tbody tr')].map(row => row.querySelector('.ticket').textContent + ' ' + row.querySelector('.badge').textContent).join(', ')")
        .asText();
  }

  private void open(String path) throws Exception {
    browser.open("http://127.0.0.1:" + farm.httpPort() + path);
  }

  private String text(String selector) throws Exception {
    return browser.value("document.querySelector('" + selector + "').textContent").asText();
  }

  private static WorkerNews news(String worker, WorkerState state) {
    var now = Instant.now();
    var job = new OfficeNews.Current(new Ticket("running-1"), now.minusSeconds(3));
    return new WorkerNews(
        worker,
        Pool.DEFAULT,
        state,
        now.minusSeconds(60),
        now,
        new WorkerNews.Versions("0.1.0", "7.4.7.2"),
        new WorkerNews.Door(
            "host.example",
            2002,
            2,
            1,
            List.of(new WorkerNews.Session(EVIL, "office-1.1", now.minusSeconds(5)))),
        List.of(
            new OfficeNews(0, 3, "LEASED", 17, now.minusSeconds(900), 123_000_000, EVIL, job),
            new OfficeNews(1, 1, "READY", 0, now.minusSeconds(9), 90_000_000, null, null)),
        List.of(new OfficeNews(0, 7, "READY", 40, now.minusSeconds(9), 0, null, null)),
        3);
  }

  /** A job that ended, DONE, or FAILED at line 3 with what it had written. */
  private JobRecord end(String ticket, @Nullable String failure) throws Exception {
    var script = "Sub Main\n  zero = 0\n  x = 1 / zero ' " + EVIL + "\nEnd Sub\n";
    var message =
        new JobMessage(
            new Ticket(ticket),
            new RunMacro(RunMacro.MAIN_SCRIPT, "Main", List.of()),
            List.of(new InputFile.Inline(RunMacro.MAIN_SCRIPT, script.getBytes(UTF_8))),
            null,
            Instant.now().minusSeconds(2),
            JobMessage.Limits.DEFAULT,
            null);
    var job = new JobRecord(message, Pool.DEFAULT, null, null, null, Map.of());
    farm.published().add(job);
    var claimed = farm.begin(job);
    var result = result(job.ticket());
    var error =
        failure == null
            ? null
            : new JobError(ErrorCode.MACRO_ERROR, failure, 11, RunMacro.MAIN_SCRIPT, 3);
    farm.ledger()
        .commit(
            claimed,
            "w-1",
            new Ending(
                failure == null ? State.DONE : State.FAILED,
                error,
                result,
                null,
                new Timings(400, 30, 900, 70),
                "7.4.7.2"));
    var status = farm.ledger().read(job.ticket()).orElseThrow();
    farm.broker()
        .events()
        .publish(
            status,
            new JobFacts(Optional.of("macro"), Optional.of(Pool.DEFAULT), Optional.empty()));
    return job;
  }

  private Result result(Ticket ticket) throws Exception {
    var zip = new ByteArrayOutputStream();
    var files = Map.of("page 1.png", PNG, EVIL + ".html", EVIL.getBytes(UTF_8));
    try (var entries = new ZipOutputStream(zip)) {
      for (var file : files.entrySet()) {
        entries.putNextEntry(new ZipEntry(file.getKey()));
        entries.write(file.getValue());
      }
    }
    var digest = Sha256.digest();
    digest.update(zip.toByteArray());
    var key = Keys.result(ticket, 1);
    store.put(key, zip.toByteArray());
    return new Result(
        key,
        zip.size(),
        Sha256.hex(digest),
        files.entrySet().stream()
            .map(file -> new Result.OutputFile(file.getKey(), file.getValue().length))
            .toList(),
        false);
  }
}
