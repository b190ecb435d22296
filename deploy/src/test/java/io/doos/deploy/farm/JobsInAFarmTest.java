package io.doos.deploy.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.job.Ticket;
import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.client.JobView;
import io.doos.deploy.client.Submission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs good and bad through the door of a real farm with two real offices. */
class JobsInAFarmTest {

  private static final Path EXAMPLES = Path.of("examples");

  @TempDir static Path temp;
  private static FarmProcess farm;

  @BeforeAll
  static void startFarm() throws Exception {
    farm = FarmProcess.start(temp.resolve("data"), "office.count=2");
  }

  @AfterAll
  static void stopFarm() throws Exception {
    farm.close();
  }

  @Test
  void theOldUsageWalkthroughLeavesItsDocuments() throws Exception {
    var ticket = submit(EXAMPLES.resolve("usage/usage.bas"), "Main");
    assertThat(end(ticket).word()).isEqualTo(JobView.Word.DONE);
    assertThat(entries(ticket)).isNotEmpty();
  }

  @Test
  void theLettersAreMergedIntoOnePdfForEachCustomer() throws Exception {
    var ticket =
        submit(
            EXAMPLES.resolve("letters/letters.bas"),
            "Main",
            EXAMPLES.resolve("letters/letter.odt"),
            EXAMPLES.resolve("letters/customers.csv"));
    assertThat(end(ticket))
        .extracting(JobView::word, JobView::error)
        .containsExactly(JobView.Word.DONE, Optional.empty());
    long customers = Files.readAllLines(EXAMPLES.resolve("letters/customers.csv")).size() - 1L;
    assertThat(entries(ticket).keySet())
        .filteredOn(name -> name.endsWith(".pdf"))
        .hasSize((int) customers);
  }

  @Test
  void theChartIsDrawnIntoASheetAndAPdf() throws Exception {
    var ticket =
        submit(EXAMPLES.resolve("chart/chart.bas"), "Main", EXAMPLES.resolve("chart/solar.csv"));
    assertThat(end(ticket))
        .extracting(JobView::word, JobView::error)
        .containsExactly(JobView.Word.DONE, Optional.empty());
    assertThat(entries(ticket).keySet())
        .anyMatch(name -> name.endsWith(".xlsx"))
        .anyMatch(name -> name.endsWith(".pdf"));
  }

  @Test
  void filesSentAlongAreReadAndNamesOfAllKindsComeBack() throws Exception {
    var input = Files.writeString(temp.resolve("größe.txt"), "42");
    var ticket =
        submit(
            macro(
                """
                Sub Main
                  MkDir "<<OUTDIR>>sub folder"
                  Open "<<INDIR>>größe.txt" For Input As #1
                  Line Input #1, text
                  Close #1
                  Open "<<OUTDIR>>sub folder/größe kopiert.txt" For Output As #2
                  Print #2, text
                  Close #2
                End Sub
                """),
            "Main",
            input);
    assertThat(end(ticket).word()).isEqualTo(JobView.Word.DONE);
    assertThat(entries(ticket)).containsEntry("sub folder/größe kopiert.txt", "42\n");
  }

  @Test
  void tenThousandFilesComeBack() throws Exception {
    var ticket =
        submit(
            macro(
                """
                Sub Main
                  For i = 1 To 10000
                    Open "<<OUTDIR>>f" & i For Output As #1
                    Close #1
                  Next
                End Sub
                """),
            "Main");
    assertThat(end(ticket).word()).isEqualTo(JobView.Word.DONE);
    assertThat(entries(ticket)).hasSize(10_000);
  }

  @Test
  void aMacroThatWritesNothingGivesAnEmptyZip() throws Exception {
    var ticket = submit(macro("Sub Main\nEnd Sub\n"), "Main");
    assertThat(end(ticket).word()).isEqualTo(JobView.Word.DONE);
    assertThat(entries(ticket)).isEmpty();
  }

  @Test
  void aFailureNamesNumberTextAndLine() throws Exception {
    var ticket = submit(macro("Sub Main\n  x = 0\n  y = 1 \\ x\nEnd Sub\n"), "Main");
    assertThat(end(ticket).error())
        .contains("MACRO_ERROR Basic error 11: Division by zero. (main.script, line 3)");
  }

  @Test
  void aMissingFunctionIsNamed() throws Exception {
    var ticket = submit(macro("Sub Main\nEnd Sub\n"), "Other");
    assertThat(end(ticket).error())
        .hasValueSatisfying(error -> assertThat(error).contains("MACRO_SYNTAX", "Other"));
  }

  @Test
  void anEndlessLoopIsStoppedAtItsTimeout() throws Exception {
    var ticket =
        farm.client()
            .submit(
                new Submission(
                    macro("Sub Main\n  Do\n  Loop\nEnd Sub\n"),
                    List.of(),
                    "Main",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Duration.ofSeconds(2))));
    assertThat(end(ticket).error())
        .hasValueSatisfying(error -> assertThat(error).startsWith("TIMEOUT"));
  }

  @Test
  void aMacroThatTerminatesItsOfficeFailsAfterItsAttempts() throws Exception {
    var ticket =
        submit(macro("Sub Main\n  StarDesktop.terminate()\n  Wait 20000\nEnd Sub\n"), "Main");
    assertThat(end(ticket).error())
        .hasValueSatisfying(error -> assertThat(error).startsWith("OFFICE_CRASHED"));
    assertThat(end(submit(macro("Sub Main\nEnd Sub\n"), "Main")).word())
        .isEqualTo(JobView.Word.DONE);
  }

  @Test
  void whatAJobLeftOpenIsNotThereForTheNext() throws Exception {
    var leave = macro("Global left\nSub Main\n  left = 1\n  newDocument(\"text\")\nEnd Sub\n");
    var count =
        macro(
            """
            Sub Main
              n = 0
              e = StarDesktop.Components.createEnumeration()
              Do While e.hasMoreElements()
                e.nextElement()
                n = n + 1
              Loop
              Open "<<OUTDIR>>" & n For Output As #1
              Close #1
            End Sub
            """);
    for (int round = 0; round < 3; round++) {
      end(submit(leave, "Main"));
      var ticket = submit(count, "Main");
      end(ticket);
      assertThat(entries(ticket)).containsOnlyKeys("0");
    }
  }

  @Test
  void aDeletedRunningJobIsStoppedAndForgotten() throws Exception {
    var ticket = submit(macro("Sub Main\n  Wait 25000\nEnd Sub\n"), "Main");
    until(() -> farm.client().status(ticket).word() == JobView.Word.DEQUEUED);
    farm.client().delete(ticket);
    assertThatThrownBy(() -> farm.client().status(ticket))
        .isInstanceOf(ClientFailure.UnknownTicket.class);
    until(() -> farm.log().contains("Job " + ticket + " attempt 1 was stopped: WITHDRAWN"));
  }

  private Path macro(String text) throws IOException {
    return Files.writeString(Files.createTempFile(temp, "macro", ".bas"), text);
  }

  private static Ticket submit(Path script, String function, Path... files) throws Exception {
    return farm.client()
        .submit(
            new Submission(
                script,
                List.of(files),
                function,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  private static JobView end(Ticket ticket) throws Exception {
    until(() -> farm.client().status(ticket).word().isFinal());
    return farm.client().status(ticket);
  }

  /**
   * Asks again and again, for a minute and a half at most: from outside there is nothing to wait
   * on.
   */
  private static void until(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come about; the farm said:\n" + farm.log());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static Map<String, String> entries(Ticket ticket) throws Exception {
    var zip = Files.createTempFile(temp, "result", ".zip");
    assertThat(farm.client().output(ticket, zip)).isTrue();
    var texts = new TreeMap<String, String>();
    try (var file = new ZipFile(zip.toFile())) {
      for (var entry : file.stream().filter(e -> !e.isDirectory()).toList()) {
        texts.put(
            entry.getName(),
            new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return texts;
  }
}
