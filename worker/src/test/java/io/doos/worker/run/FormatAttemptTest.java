package io.doos.worker.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.ledger.Begin;
import io.doos.common.ledger.JobRecord;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.Result.OutputFile;
import io.doos.common.status.State;
import io.doos.common.store.FakeObjectStore;
import io.doos.common.web.WebHosts;
import io.doos.worker.format.FormatEngine;
import io.doos.worker.format.FormatterPool;
import io.doos.worker.mirror.FolderMirror;
import io.doos.worker.office.Allowance;
import io.doos.worker.office.OfficeSettings;
import io.doos.worker.office.Watchdog;
import io.doos.worker.web.WebFetcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of kind format, with a real formatter, or with none. */
class FormatAttemptTest {

  private static final InstantSource CLOCK = InstantSource.system();
  private static final String DOCUMENT =
      """
      <fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format">
        <fo:layout-master-set>
          <fo:simple-page-master master-name="p"><fo:region-body/></fo:simple-page-master>
        </fo:layout-master-set>
        <fo:page-sequence master-reference="p">
          <fo:flow flow-name="xsl-region-body"><fo:block>Hello</fo:block></fo:flow>
        </fo:page-sequence>
      </fo:root>
      """;

  @TempDir Path temp;
  private final FakeObjectStore store = new FakeObjectStore(CLOCK);

  @Test
  void theResultHoldsPagesAndLog() throws Exception {
    var report = run(128L << 20);

    var ending = ((Attempt.Ran) report).ending();
    assertThat(ending.state()).isEqualTo(State.DONE);
    assertThat(Objects.requireNonNull(ending.result()).files())
        .extracting(OutputFile::name)
        .containsExactlyInAnyOrder("doc.pdf", "format.log");
    assertThat(temp.resolve("jobs")).isEmptyDirectory();
  }

  /** After the job's last attempt the client is told. */
  @Test
  void aWorkerWithoutFormattersGivesTheJobUpAndSaysWhy() throws Exception {
    var report = run(1);

    var ending = ((Attempt.OfficeDied) report).ifLast();
    var error = Objects.requireNonNull(ending.error());
    assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(error.message()).contains("No formatter could be started", "initialization of VM");
  }

  private Attempt.Report run(long heapBytes) throws Exception {
    var jobs = Files.createDirectory(temp.resolve("jobs"));
    var settings = new FormatterPool.Settings(1, 100, heapBytes, false);
    var jail = OfficeSettings.standard(temp.resolve("worker"));
    var allowed = new Watchdog.Settings(Duration.ofSeconds(1), 1, 0, Allowance.standard());
    var fonts =
        new FolderMirror(
            store, "fonts/", temp.resolve("fonts"), temp.resolve("new"), Duration.ZERO, CLOCK);
    var config =
        new OfficeAttempt.Config(
            jobs,
            Duration.ofMinutes(3),
            Duration.ofMinutes(3),
            new InputFetcher.Limits(1 << 20, 100),
            new OutputPacker.Limits(1 << 20, 100));
    var web = new WebFetcher(new WebFetcher.Config(WebHosts.NONE, Duration.ofSeconds(1)));
    try (var pool = FormatterPool.open(settings, jail, CLOCK);
        var watchdog = new Watchdog(allowed, CLOCK)) {
      watchdog.start();
      var tools = new FormatAttempt.Tools(pool, watchdog, new FormatEngine(), fonts, web);
      var running = new RunningJob();
      var report = new FormatAttempt(config, tools, store, CLOCK).run(claimed(), running);
      running.catchUp();
      return report;
    }
  }

  private static Begin.Claimed claimed() {
    var message =
        new JobMessage(
            new Ticket("format-1"),
            new Work.Format("doc.fo", "application/pdf"),
            List.of(new InputFile.Inline("doc.fo", DOCUMENT.getBytes(UTF_8))),
            null,
            Instant.now(),
            new JobMessage.Limits(null, null, null),
            null);
    var record = new JobRecord(message, Pool.DEFAULT, null, null, null, Map.of());
    return new Begin.Claimed(record, 1, Instant.now());
  }
}
