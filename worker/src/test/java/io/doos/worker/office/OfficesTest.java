package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.star.lang.DisposedException;
import io.doos.worker.confine.SystemCallProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real offices in real jails. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficesTest {

  private static final Set<String> SLEEPER = Set.of("1001", "1002", "1003", "1004");

  private Path folder;

  private Offices offices;
  private RunningOffice office;
  private int generation;

  @BeforeAll
  void open(@TempDir Path empty) throws Exception {
    folder = empty;
    var root = Owner.self().root();
    assertThat(folder.toFile().setExecutable(true, false)).isTrue(); // another user comes through
    offices = Offices.open(OfficeSettings.standard(folder));
    assertThat(offices.jail().description())
        .isEqualTo((root ? Bubblewrap.Way.USER_THEN_JAIL : Bubblewrap.Way.SAME_USER).description());
    Files.writeString(folder.resolve("templates/letter.txt"), "Dear");
  }

  @BeforeEach
  void start() throws Exception {
    office = offices.start(0, ++generation);
    office.takeAsClean();
  }

  @AfterEach
  void end() {
    office.close();
  }

  @AfterAll
  void close() {
    offices.close();
  }

  private Optional<String> clean() {
    return office.closeDocuments().or(office::restore);
  }

  @Test
  void itsEndLeavesNoProcessAndNoFolder() {
    var pids = ProcessTree.below(office.pid()).pids();
    assertThat(pids).hasSizeGreaterThanOrEqualTo(3);
    assertThat(office.answers()).isTrue();
    office.close();
    assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    assertThat(office.jobFolder()).doesNotExist();
    assertThat(office.answers()).isFalse();
  }

  @Test
  void killTakesWhatAMacroStartedWithIt() throws Exception {
    Basic.background(office, "setsid sleep 1000 & setsid sleep 1000 & sleep 1000");
    assertThat(Basic.becomesTrue(() -> ProcessTree.below(office.pid()).pids().size() >= 7))
        .isTrue();
    var pids = ProcessTree.below(office.pid()).pids();
    office.kill(Office.Death.DEADLINE);
    assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    assertThat(office.death()).isEqualTo(Office.Death.DEADLINE);
    assertThatThrownBy(() -> Basic.run(office, "Sub Main\nEnd Sub"))
        .isInstanceOf(DisposedException.class);
  }

  @Test
  void aMacroSeesItsCellAndNothingElse() throws Exception {
    var script =
        """
        echo environ=$(cat /proc/1/environ 2> /dev/null | wc -c)
        echo processes=$(ls /proc | grep -c '^[0-9]')
        echo interfaces=$(tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' ' | sort | tr '\\n' ' ')
        test -e %s && echo sees the data folder
        ls /root /work /opt /srv /mnt 2> /dev/null | head -1
        touch /x /usr/x /etc/x /templates/x /fonts/x /dev/x 2> /dev/null && echo writes
        cat /templates/letter.txt
        echo; id -u; grep -E 'CapEff|CapBnd|NoNewPrivs' /proc/self/status | tr -d '\\t '
        """
            .formatted(folder);
    var said = Basic.shell(office, script).lines().toList();
    assertThat(said)
        .contains("environ=0", "interfaces=lo", "Dear", "CapEff:0000000000000000", "NoNewPrivs:1")
        .doesNotContain("sees the data folder", "writes")
        .doesNotContain("0"); // nobody is root
  }

  @Test
  void anOfficeCanBeUsedAgainAfterAnOrderlyJob() throws Exception {
    var answer =
        Basic.run(
            office,
            """
            Function Main
              On Error Goto failed
              open_("swriter", "odt")
              open_("scalc", "ods")
              open_("simpress", "odp")
              open_("sdraw", "odg")
              Open "/tmp/left" For Output As #1
              Close #1
              MkDir "/home/left"
              Open "/home/left/there" For Output As #1
              Close #1
              Main = "fine"
              Exit Function
            failed:
              Main = Erl & ": " & Error$
            End Function

            Sub open_(kind, extension)
              d = StarDesktop.loadComponentFromURL("private:factory/" & kind, "_blank", 0, Array())
              d.storeAsURL("file:///job/x." & extension, Array())
            End Sub
            """);
    assertThat(answer).isEqualTo("fine");
    assertThat(clean()).isEmpty();
    assertThat(Basic.shell(office, "ls -A /home /tmp | grep left; ls -A /job"))
        .isEqualTo("probe.out\nprobe.sh\n");
    assertThat(clean()).isEmpty();
  }

  @Test
  void anOfficeInWhichAMacroFailedIsNotUsedAgain() throws Exception {
    Basic.runAndLeave(office, "Sub Main\n  x = 1 / CInt(\"0\")\nEnd Sub");
    assertThat(clean()).hasValueSatisfying(left -> assertThat(left).contains("Basic editor"));
  }

  @Test
  void anOfficeWithAnotherLocaleIsNotClean() throws Exception {
    Basic.run(
        office,
        """
        Sub Main
          Dim p(0) As New com.sun.star.beans.PropertyValue
          p(0).Name = "nodepath" : p(0).Value = "/org.openoffice.Setup/L10N"
          c = createUnoService("com.sun.star.configuration.ConfigurationProvider")
          n = c.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", p())
          n.setPropertyValue("ooSetupSystemLocale", "de-DE")
          n.commitChanges()
        End Sub
        """);
    assertThat(clean()).hasValueSatisfying(left -> assertThat(left).contains("de-DE"));
  }

  @Test
  void anOfficeWithAProcessOfItsJobIsNotClean() throws Exception {
    Basic.background(office, "sleep 1000");
    assertThat(Basic.becomesTrue(() -> ProcessTree.below(office.pid()).pids().size() > 3)).isTrue();
    assertThat(clean()).hasValueSatisfying(left -> assertThat(left).contains("process"));
  }

  @Test
  void anOfficeThatTerminatesItselfSaysSo() throws Exception {
    assertThatThrownBy(
            () -> Basic.run(office, "Sub Main\n  StarDesktop.terminate\n Wait 9999\nEnd Sub"))
        .isInstanceOf(DisposedException.class);
    assertThat(office.death()).isEqualTo(Office.Death.ITSELF);
  }

  @Test
  void anOfficeThatKillsItselfSaysSoWhereTheKernelTellsWhomItKills() throws Exception {
    assertThatThrownBy(() -> Basic.shell(office, "kill -KILL $(pgrep soffice.bin)"))
        .isInstanceOf(DisposedException.class);
    var told =
        offices.jail().layers().stream()
            .anyMatch(it -> it instanceof Layer.Holds(var kind, _) && kind == Layer.Kind.MEMORY);
    assertThat(office.death()).isEqualTo(told ? Office.Death.ITSELF : Office.Death.OUT_OF_MEMORY);
  }

  @Test
  void anOfficeTakesItsMemoryByTheFasterAllocator() throws Exception {
    assertThat(Basic.shell(office, "cat /proc/$(pgrep soffice.bin)/maps")).contains("libjemalloc");
  }

  @Test
  void everySystemCallThatNoOfficeNeedsIsDenied() throws Exception {
    var probe = new SystemCallProbe();
    assertThat(Basic.shell(office, probe.script()).lines())
        .hasSizeGreaterThan(70)
        .containsExactlyElementsOf(probe.answers());
  }

  @Test
  void whatAMacroStartedAndHidIsGoneWithItsOffice() throws Exception {
    Basic.background(
        office,
        "(setsid sh -c 'sleep 1001 & sleep 1002 & exec sleep 1003' &) & (trap '' TERM HUP; nohup sleep 1004 &)");
    assertThat(Basic.becomesTrue(() -> sleepers().size() == 4)).isTrue();
    var groups = groupsOf(office.name());
    office.kill(Office.Death.DEADLINE);
    assertThat(sleepers()).isEmpty();
    assertThat(groups).allSatisfy(group -> assertThat(group).doesNotExist());
  }

  private static List<Long> sleepers() {
    return ProcessHandle.allProcesses()
        .filter(
            it -> it.info().arguments().stream().flatMap(Stream::of).anyMatch(SLEEPER::contains))
        .map(ProcessHandle::pid)
        .toList();
  }

  /** The control groups there are of this process under this name. */
  private static List<Path> groupsOf(String name) throws Exception {
    var ours = "doos-" + ProcessHandle.current().pid() + "-";
    try (var all = Files.find(Path.of("/sys/fs/cgroup"), 20, (path, it) -> it.isDirectory())) {
      return all.filter(path -> path.getFileName().toString().equals(name))
          .filter(path -> path.toString().contains("/" + ours))
          .toList();
    }
  }

  @Test
  void aFileLargerThanTheCapIsNotWritten() throws Exception {
    assertThat(
            Basic.shell(
                office,
                "ulimit -p; dd if=/dev/zero of=/job/x bs=1M seek=1024 count=1 2>&1 | head -1"))
        .contains("File size limit exceeded", "256");
  }

  @Test
  void aSecondWorkerCannotUseTheFolder() {
    assertThatThrownBy(() -> Offices.open(OfficeSettings.standard(folder)))
        .isInstanceOf(OfficeFailure.BadFolder.class)
        .hasMessageContaining("another worker");
  }

  @Test
  void fontsOfTheFontsFolderAreSeen() throws Exception {
    Path font;
    try (var fonts = Files.walk(Path.of("/usr/share/fonts"))) {
      font = fonts.filter(path -> path.toString().endsWith(".ttf")).findFirst().orElseThrow();
    }
    Files.copy(font, folder.resolve("fonts/added.ttf"));
    assertThat(Basic.shell(office, "fc-list : file | grep /fonts/added")).contains("added.ttf");
  }

  @Test
  void aLinkThatAMacroLeavesIsDeletedAndNotFollowed() throws Exception {
    var outside = Files.createDirectory(folder.resolve("outside-" + generation));
    Files.writeString(outside.resolve("precious"), "x");
    Basic.shell(
        office, "ln -s %1$s /job/a; ln -s %1$s /tmp/a; ln -s %1$s /home/a".formatted(outside));
    assertThat(clean()).isEmpty();
    assertThat(office.jobFolder()).isEmptyDirectory();
    assertThat(outside.resolve("precious")).exists();
  }

  @Test
  void cpuAndMemoryOfTheOfficeAreSeen() throws Exception {
    var before = office.cpuTime();
    Basic.run(office, "Sub Main\n  For i = 1 To 2000000\n Next\nEnd Sub");
    assertThat(office.cpuTime()).isGreaterThan(before);
    assertThat(office.memoryBytes()).isBetween(20L << 20, 1L << 30);
  }

  @Test
  void theJailsOwnFilesBelongToNobodyInIt() throws Exception {
    assertThat(Basic.shell(office, "id -un; test -w /etc/doos/fonts.conf || echo cannot write"))
        .isEqualTo("office\ncannot write\n");
  }
}
