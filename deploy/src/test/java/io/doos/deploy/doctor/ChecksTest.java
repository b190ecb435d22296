package io.doos.deploy.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.config.DoorSetting;
import io.doos.common.config.FarmSetting;
import io.doos.common.config.OfficeSetting;
import io.doos.common.config.Settings;
import io.doos.common.store.FakeObjectStore;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import io.doos.deploy.client.TinyFarm;
import io.doos.deploy.doctor.Finding.Verdict;
import io.doos.worker.office.Layer;
import io.doos.worker.office.OfficeInstallation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {

  @TempDir private Path folder;

  @Test
  void thisMachineHasWhatItsOwnTestsNeed() throws Exception {
    assertThat(JavaCheck.look().verdict()).isNotEqualTo(Verdict.FAILED);
    assertThat(FontCheck.look().verdict()).isNotEqualTo(Verdict.FAILED);
    assertThat(OfficeCheck.look(Settings.defaults()).found())
        .startsWith("LibreOffice ")
        .endsWith("with jemalloc");
    var jail = new JailCheck(Settings.defaults());
    assertThat(jail.look(Layer.Kind.SYSTEM_CALLS).found()).contains("denied by seccomp");
    assertThat(jail.look().found()).contains("bubblewrap");
    assertThat(Layer.Kind.values())
        .filteredOn(Layer.Kind::required)
        .allSatisfy(kind -> assertThat(jail.look(kind).verdict()).isEqualTo(Verdict.OK));
  }

  @Test
  void theJailsLimitsAreThoseOfTheSettings() throws Exception {
    var settings = Settings.defaults().with(OfficeSetting.JAIL_MEMORY, "2GiB");
    assertThat(new JailCheck(settings).look(Layer.Kind.LIMITS).found())
        .startsWith("2048 MiB of address space");
  }

  @Test
  void anAbsentOfficeIsAFailureThatSaysWhatToInstall() throws Exception {
    var settings = Settings.defaults().with(OfficeSetting.OFFICE_HOME, folder.toString());

    var finding = OfficeCheck.look(settings);

    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(finding.remedy()).contains("apt-get install", "libreoffice-writer");
  }

  @Test
  void anOfficeWithoutItsInterfaceIsNamed() throws Exception {
    Files.createDirectories(folder.resolve("program"));
    Files.createDirectories(folder.resolve("share/registry"));
    Files.createDirectories(folder.resolve("share/config/soffice.cfg/modules/swriter/ui"));
    var binary = Files.createFile(folder.resolve("program/soffice.bin"));
    assertThat(binary.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        folder.resolve("share/registry/main.xcd"),
        "<prop oor:name=\"ooSetupVersionAboutBox\"><value>7.4.7.2</value></prop>");
    var settings = Settings.defaults().with(OfficeSetting.OFFICE_HOME, folder.toString());

    var finding = OfficeCheck.look(settings);

    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(finding.found()).contains("7.4.7.2", "without the interface of scalc");
    assertThat(finding.remedy()).contains("not -nogui");
  }

  @Test
  void anOfficeThatWouldBeSlowerThanItNeedIsNamed() {
    var finding =
        OfficeCheck.judge(new OfficeInstallation(folder, "7.4.7.2", List.of(), Optional.empty()));

    assertThat(finding.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(finding.remedy()).contains("apt-get install libjemalloc2");
  }

  @Test
  void aFolderThatCannotBeMadeIsAFailure() throws Exception {
    var file = Files.writeString(folder.resolve("file"), "");

    assertThat(DiskCheck.look(folder.resolve("new/data")).found()).contains("GiB free");
    assertThat(DiskCheck.look(file.resolve("data")).verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void aPortIsFreeOrTakenOrNotOfThisMachine() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = taken.getLocalPort();
      assertThat(PortCheck.look("127.0.0.1", port, address -> Finding.warning(address, "")))
          .isEqualTo(Finding.warning("127.0.0.1:" + port, ""));
    }
    assertThat(PortCheck.look("127.0.0.1", 0, Finding::ok).verdict()).isEqualTo(Verdict.OK);
    assertThat(PortCheck.look("192.0.2.1", 0, Finding::ok).verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void aFarmOnItsPortIsToldFromSomethingElse() throws Exception {
    var unknown = "[ERROR] Unknown Ticket: 0.".getBytes(StandardCharsets.UTF_8);
    try (var farm = TinyFarm.answering(_ -> unknown);
        var other =
            TinyFarm.behaving(
                (_, out) -> out.write("HTTP/1.1 400\r\n".getBytes(StandardCharsets.UTF_8)))) {
      assertThat(finding("tcp.port", at(farm)).found()).startsWith("a farm is running at");
      assertThat(finding("tcp.port", at(other)).verdict()).isEqualTo(Verdict.FAILED);
    }
  }

  @Test
  void aStoreThatCreatesOnceIsRightAndOneThatDoesNotIsAFailure() throws Exception {
    try (var store = new FakeObjectStore()) {
      assertThat(StoreCheck.look(store, "here").verdict()).isEqualTo(Verdict.OK);
      assertThat(store.list("")).isEmpty();
    }
    try (var forgetful = new Forgetful()) {
      var finding = StoreCheck.look(forgetful, "here");
      assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(finding.found()).isEqualTo("16 of 16 racers created the same object");
      assertThat(finding.remedy()).contains("atomic");
    }
  }

  @Test
  void partsThatNobodySetMayBeAbsentAndOthersMayNot() throws Exception {
    var free = freePort();
    var standalone =
        Settings.defaults()
            .with(FarmSetting.EMBEDDED_BROKER_PORT, "" + free)
            .with(FarmSetting.EMBEDDED_STORE_PORT, "" + free);
    var nowhere = "amqp://127.0.0.1:" + free;
    var set = standalone.with(FarmSetting.BROKER_URL, nowhere);

    assertThat(of("broker", standalone, set, ChecksTest::absent).verdict()).isEqualTo(Verdict.OK);
    assertThat(of("broker", set, set, ChecksTest::absent).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(of("store", standalone, set, ChecksTest::absent).verdict()).isEqualTo(Verdict.OK);
    assertThat(of("templates", standalone, set, ChecksTest::absent).verdict())
        .isEqualTo(Verdict.OK);
    var elsewhere = set.with(FarmSetting.STORE_URL, "http://127.0.0.1:" + free);
    assertThat(of("store", elsewhere, elsewhere, ChecksTest::absent).verdict())
        .isEqualTo(Verdict.FAILED);
  }

  @Test
  void aProbeThatThrowsHasFailed() throws Exception {
    var check =
        new Check(
            "x",
            () -> {
              throw new IOException("no such thing");
            });
    assertThat(check.look()).isEqualTo(Finding.failed("no such thing", ""));
  }

  @Test
  void aProgramThatDoesNotEndIsKilled() {
    org.assertj.core.api.Assertions.assertThatIOException()
        .isThrownBy(() -> ProgramRun.of(Duration.ofMillis(200), List.of("sleep", "60")))
        .withMessage("sleep did not end within 0 s");
  }

  private static Settings at(TinyFarm farm) throws Exception {
    return Settings.defaults().with(DoorSetting.TCP_PORT, "" + farm.port());
  }

  private static Finding finding(String name, Settings settings) throws Exception {
    return of(name, settings, settings, ChecksTest::absent);
  }

  private static Finding of(String name, Settings settings, Settings filled, Checkup.Store store)
      throws Exception {
    return Checkup.of(settings, filled, store).stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow()
        .look();
  }

  private static ObjectStore absent() throws StoreFailure {
    throw new StoreFailure.Unavailable("nobody there", null);
  }

  private static int freePort() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
