package io.doos.worker.format;

import static io.doos.worker.format.Documents.block;
import static io.doos.worker.format.Documents.page;
import static io.doos.worker.format.Documents.toPdf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.doos.common.job.Work;
import io.doos.worker.engine.EngineResult;
import io.doos.worker.fop.FormatRequest;
import io.doos.worker.format.FormatTurn.Outcome;
import io.doos.worker.office.Office;
import io.doos.worker.office.OfficeFailure;
import io.doos.worker.office.OfficeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those who wait for the one formatter there is, a real one. */
class FormatterLineTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path temp;
  @AutoClose private FormatterPool pool;

  @BeforeEach
  void open() throws Exception {
    pool =
        FormatterPool.open(
            new FormatterPool.Settings(1, 10_000, 128L << 20, false),
            OfficeSettings.standard(temp),
            InstantSource.system());
  }

  @Test
  void eachOfManyGetsItsOwnPages() throws Exception {
    var crew = new ArrayList<FutureTask<String>>();
    for (int i = 0; i < 4; i++) {
      var name = "writer" + i;
      crew.add(
          started(() -> {
            for (int document = 0; document < 40; document++) {
              var text = name + "x" + document;
              assertThat(pages(task(text))).contains(">" + text + "<");
            }
            return name;
          }));
    }
    for (var each : crew) {
      each.get(5, TimeUnit.MINUTES);
    }
    assertThat(pool.snapshot()).extracting(FormatterSnapshot::uses).containsExactly(160);
  }

  @Test
  void theNextIsAskedForBeforeItWakes() throws Exception {
    FutureTask<Boolean> next;
    try (var _ = pool.lease("", PATIENCE)) {
      next =
          waiting(() -> {
            try (var lease = pool.lease("", PATIENCE, task("next"))) {
              return lease.isAsked();
            }
          });
    }
    assertThat(next.get(2, TimeUnit.MINUTES)).isTrue();
    // nobody heard its reply, and nobody else does
    assertThat(pages(task("other"))).contains("other").doesNotContain("next");
    assertThat(pool.snapshot()).extracting(FormatterSnapshot::generation).containsExactly(2);
  }

  @Test
  void whoWaitsForAFormatterThatIsKilledGetsAnother() throws Exception {
    FutureTask<String> next;
    try (var lease = pool.lease("", PATIENCE)) {
      next = waiting(() -> pages(task("next")));
      lease.program().kill(Office.Death.DEADLINE);
    }
    assertThat(next.get(2, TimeUnit.MINUTES)).contains("next");
  }

  @Test
  void aFormatterThatReadsNoMoreHoldsUpOnlyWhoIsNextAndNotBeyondADeadline() throws Exception {
    var text = "x ".repeat(FormatRequest.MOST_BYTES / 2 - 1_000); // more than a connection takes
    FutureTask<Outcome> next;
    var lease = pool.lease("", PATIENCE);
    next =
        waiting(() -> {
          var task = task(text);
          try (var own = pool.lease("", PATIENCE, task)) {
            return new FormatEngine().run(task, own).outcome();
          }
        });
    Running.freeze(Running.formatters().toList());
    started(
            () -> {
              lease.close();
              return "given back";
            })
        .get(2, TimeUnit.MINUTES);
    lease.program().kill(Office.Death.DEADLINE);
    assertThat(next.get(2, TimeUnit.MINUTES)).isEqualTo(new Outcome.Gone(Office.Death.DEADLINE));
    assertThat(pages(task("after"))).contains("after");
  }

  @Test
  void whoCannotBeAskedForAheadGetsAFormatterAllTheSame() throws Exception {
    FutureTask<Boolean> next;
    Ahead fault =
        _ -> {
          throw new IllegalStateException("no request can be made of it");
        };
    try (var _ = pool.lease("", PATIENCE)) {
      next =
          waiting(() -> {
            try (var lease = pool.lease("", PATIENCE, Optional.of(fault))) {
              return lease.isAsked();
            }
          });
    }
    assertThat(next.get(2, TimeUnit.MINUTES)).isFalse();
    assertThat(pages(task("other"))).contains("other");
  }

  @Test
  void aFormatterThatWasNotTidiedUpEnds() throws Exception {
    assertThat(pages(task("first"))).contains("first");
    var gone = new JobFiles.Folder(Files.createTempDirectory(temp, "input"));
    Files.writeString(gone.path().resolve("doc.fo"), page(block("x")));
    var task = new FormatTask(toPdf(Map.of()), FromWeb.NOTHING, gone, Path.of("/dev/null/out"));
    try (var lease = pool.lease("", PATIENCE, task)) {
      Files.createDirectories(lease.program().jobFolder().resolve("in/left"));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> new FormatEngine().run(task, lease));
    }
    assertThat(pages(task("next"))).contains("next");
    assertThat(pool.snapshot()).extracting(FormatterSnapshot::generation).containsExactly(2);
  }

  @Test
  void anotherTenantIsNotAskedForAhead() throws Exception {
    FutureTask<String> next;
    try (var lease = pool.lease("acme", PATIENCE)) {
      next =
          waiting(() -> {
            try (var other = pool.lease("other", PATIENCE, task("x"))) {
              return other.isAsked() + " " + other.program().name();
            }
          });
      assertThat(lease.program().name()).isEqualTo("program-0.1");
    }
    assertThat(next.get(2, TimeUnit.MINUTES)).isEqualTo("false program-0.2");
  }

  @Test
  void whoseTimeIsOverLeavesTheLine() throws Exception {
    try (var _ = pool.lease("", PATIENCE)) {
      assertThatExceptionOfType(OfficeFailure.AllBusy.class)
          .isThrownBy(() -> pool.lease("", Duration.ofMillis(10), task("x")));
      var interrupted = new FutureTask<>(() -> pages(task("x")));
      var thread = Thread.ofPlatform().start(interrupted);
      awaitWaiting(thread);
      thread.interrupt();
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> interrupted.get(2, TimeUnit.MINUTES))
          .withCauseInstanceOf(InterruptedException.class);
    }
    assertThat(pages(task("next"))).contains("next");
    assertThat(pool.snapshot()).extracting(FormatterSnapshot::generation).containsExactly(1);
  }

  @Test
  void whoWaitsHearsThatThePoolIsClosed() throws Exception {
    try (var _ = pool.lease("", PATIENCE)) {
      var next = waiting(() -> pages(task("x")));
      pool.close();
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> next.get(2, TimeUnit.MINUTES))
          .withCauseInstanceOf(OfficeFailure.Stopped.class);
    }
  }

  private FormatTask task(String text) throws IOException {
    var own = Files.createTempDirectory(temp, "work");
    var files = Map.of("doc.fo", page(block(text)).getBytes(UTF_8));
    return new FormatTask(
        new Work.Format("doc.fo", "application/X-fop-areatree"),
        FromWeb.NOTHING,
        new JobFiles.Packed(files),
        own.resolve("out"));
  }

  /** What its pages are as text. */
  private String pages(FormatTask task) throws Exception {
    FormatTurn turn;
    try (var lease = pool.lease("", PATIENCE, task)) {
      turn = new FormatEngine().run(task, lease);
    }
    assertThat(turn.conclude()).isEqualTo(new FormatResult.Ended(new EngineResult.Finished(null)));
    return Files.readString(task.output().resolve("doc.xml"));
  }

  private static <T> FutureTask<T> started(Callable<T> work) {
    var task = new FutureTask<>(work);
    Thread.ofPlatform().start(task);
    return task;
  }

  /** Returns when it waits for its formatter. */
  private static <T> FutureTask<T> waiting(Callable<T> work) {
    var task = new FutureTask<>(work);
    awaitWaiting(Thread.ofPlatform().start(task));
    return task;
  }

  private static void awaitWaiting(Thread thread) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (thread.getState() != Thread.State.TIMED_WAITING && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(thread.getState()).isEqualTo(Thread.State.TIMED_WAITING);
  }
}
