package io.doos.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.status.ErrorCode;
import io.doos.worker.office.Office;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MacroEngineTest {

  private static final String GOOD =
      """
      Function Main
        Main = "good"
      End Function
      """;

  private MacroBench bench;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    bench = new MacroBench(folder);
  }

  @AfterAll
  void close() throws Exception {
    bench.close();
  }

  @Test
  void aLoopEndsWithTheOffice() throws Exception {
    assertThat(
            killedWhileRunning(
                """
                Sub Main
                  Open "<<OUTDIR>>mark" For Output As #1
                  Close #1
                  Do
                  Loop
                End Sub
                """))
        .isEqualTo(new EngineResult.OfficeLost(Office.Death.DEADLINE));
  }

  @Test
  void aWaitEndsWithTheOffice() throws Exception {
    assertThat(
            killedWhileRunning(
                """
                Sub Main
                  Open "<<OUTDIR>>mark" For Output As #1
                  Close #1
                  Wait 600000
                End Sub
                """))
        .isEqualTo(new EngineResult.OfficeLost(Office.Death.DEADLINE));
  }

  /** Kills the office, as a deadline does, once the macro has left a mark. */
  private EngineResult killedWhileRunning(String script) throws Exception {
    var office = bench.lease().office();
    var killer = new CountDownLatch(1);
    var mark = JobFolder.of(office).output().resolve("mark");
    var result =
        bench.runUncleaned(
            Map.of("main.script", script),
            List.of(),
            () ->
                Thread.ofVirtual()
                    .start(() -> {
                      while (!Files.exists(mark)) {
                        LockSupport.parkNanos(1_000_000);
                      }
                      office.kill(Office.Death.DEADLINE);
                      killer.countDown();
                    }));
    killer.await();
    return result;
  }

  @Test
  void aMacroThatTerminatesTheOfficeLosesIt() throws Exception {
    assertThat(
            bench.run(
                """
                Sub Main
                  StarDesktop.terminate
                End Sub
                """))
        .isEqualTo(new EngineResult.OfficeLost(Office.Death.ITSELF));
    assertThat(bench.run(GOOD)).isEqualTo(new EngineResult.Finished("good"));
  }

  @Test
  void aMacroThatCrashesTheOfficeLosesIt() throws Exception {
    assertThat(
            bench.run(
                """
                Sub Main
                  Shell("/bin/sh", 0, "-c 'kill -SEGV $PPID'", True)
                  Wait 20000
                End Sub
                """))
        .isInstanceOf(EngineResult.OfficeLost.class);
    assertThat(bench.run(GOOD)).isEqualTo(new EngineResult.Finished("good"));
  }

  @Test
  void theEngineHearsOfAnErrorInALongScript() throws Exception {
    var script =
        "Sub Main\n"
            + "  x = 5\n".repeat(1898)
            + "  y = a.b\n"
            + "  x = 6\n".repeat(99)
            + "End Sub\n";
    var error = error(bench.run(script));
    assertThat(error.number()).isEqualTo(91);
    assertThat(error.line()).isEqualTo(1900);
  }

  @Test
  void theEngineHearsOfASyntaxErrorInALongScript() throws Exception {
    var script =
        "Sub Main\n"
            + "  x = 5\n".repeat(1898)
            + "  y = )\n"
            + "  x = 6\n".repeat(99)
            + "End Sub\n";
    var error = error(bench.run(script));
    assertThat(error.code()).isEqualTo(ErrorCode.MACRO_SYNTAX);
    assertThat(error.number()).isEqualTo(951);
    assertThat(error.line()).isEqualTo(1900);
  }

  @Test
  void linesMayEndInAnyWay() throws Exception {
    for (var end : List.of("\r", "\n", "\r\n")) {
      var error = error(bench.run(String.join(end, "Sub Main", "x = 1", "y = a.b", "End Sub")));
      assertThat(error.line()).isEqualTo(3);
    }
  }

  @Test
  void oneJobsModuleVariablesAreFreshForTheNext() throws Exception {
    var script =
        """
        Dim seen
        Function Main
          Main = "[" & seen & "]"
          seen = "old"
        End Function
        """;
    assertThat(bench.run(script)).isEqualTo(new EngineResult.Finished("[]"));
    var office = bench.lease().office();
    assertThat(bench.run(script)).isEqualTo(new EngineResult.Finished("[]"));
    assertThat(bench.lease().office()).isSameAs(office);
  }

  @Test
  void anOfficeThatSawAGlobalServesNobodyElse() throws Exception {
    bench.run(
        """
        Global kept As String
        Sub Main
          kept = "old"
        End Sub
        """);
    assertThat(bench.lease().spoilt()).isFalse();
    assertThat(
            bench.run(
                """
                Function Main
                  Main = "[" & kept & "]"
                End Function
                """))
        .isEqualTo(new EngineResult.Finished("[]"));
  }

  @Test
  void openDocumentsAreGoneForTheNextJobOfTheSameOffice() throws Exception {
    bench.run(
        """
        Sub Main
          a = newDocument("text")
          a.Text.setString("modified")
          b = newD("data", True)
        End Sub
        """);
    var office = bench.lease().office();
    assertThat(
            bench.run(
                """
                Function Main
                  Main = StarDesktop.Components.createEnumeration().hasMoreElements()
                End Function
                """))
        .isEqualTo(new EngineResult.Finished("False"));
    assertThat(bench.lease().office()).isSameAs(office);
  }

  @Test
  void aMacroCannotChangeAutoOOoForTheNext() throws Exception {
    bench.run(
        """
        Sub Main
          name = "com.sun.star.script.Application"
          libraries = CreateUnoService(name & "Script" & "LibraryContainer")
          bad = "Function strReplace(a, b, c)" & Chr(10) & "End Function"
          libraries.getByName("AutoOOo").replaceByName("Core", bad)
        End Sub
        """);
    assertThat(
            bench.run(
                """
                Function Main
                  Main = strReplace("a", "a", "b")
                End Function
                """))
        .isEqualTo(new EngineResult.Finished("b"));
  }

  @Test
  void tenThousandFilesAndOddNamesArriveOutside() throws Exception {
    var script =
        """
        Sub Main
          MkDir "<<OUTDIR>>sub folder"
          For i = 1 To 10000
            Open "<<OUTDIR>>f" & i For Output As #1
            Close #1
          Next
          Open "<<OUTDIR>>sub folder/Übergrößen träger.txt" For Output As #1
          Print #1, "x"
          Close #1
        End Sub
        """;
    assertThat(bench.run(script)).isEqualTo(new EngineResult.Finished(null));
    try (var files = Files.list(bench.output())) {
      assertThat(files).hasSize(10_001);
    }
    assertThat(bench.output().resolve("sub folder/Übergrößen träger.txt")).hasContent("x");
  }

  @Test
  void aHugeReturnValueIsCutAtFourKibibytes() throws Exception {
    var result =
        bench.run(
            """
            Function Main
              Main = String(5000, "ä")
            End Function
            """);
    assertThat(result).isEqualTo(new EngineResult.Finished("ä".repeat(2048)));
  }

  @Test
  void aFileThatCannotBeAModuleIsRefused() throws Exception {
    var error = error(bench.run(Map.of("main.script", GOOD, "no name.bas", "")));
    assertThat(error.code()).isEqualTo(ErrorCode.BAD_JOB);
    assertThat(error.message()).contains("no name.bas");
  }

  @Test
  void twoFilesForOneModuleAreRefused() throws Exception {
    var error = error(bench.run(Map.of("main.script", GOOD, "Main.bas", "")));
    assertThat(error.code()).isEqualTo(ErrorCode.BAD_JOB);
    assertThat(error.message()).contains("Main.bas").contains("main.script");
  }

  @Test
  void aModuleWithTooManyLinesIsRefused() throws Exception {
    var error =
        error(bench.run("Sub Main\n" + "x=1\n".repeat(MacroSources.MAX_LINES) + "End Sub\n"));
    assertThat(error.code()).isEqualTo(ErrorCode.MACRO_SYNTAX);
    assertThat(error.message()).contains("65535");
  }

  @Test
  void theInputFolderHoldsTheOtherFilesOnly() throws Exception {
    assertThat(
            bench.run(
                Map.of(
                    "main.script",
                    """
                    Function Main
                      Main = Dir("<<INDIR>>", 0) & "|" & Dir()
                    End Function
                    """,
                    "data.csv",
                    "a,b")))
        .isEqualTo(new EngineResult.Finished("data.csv|"));
  }

  private static io.doos.common.status.JobError error(EngineResult result) {
    assertThat(result).isInstanceOf(EngineResult.Failed.class);
    return ((EngineResult.Failed) result).error();
  }
}
