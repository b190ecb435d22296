package io.doos.worker.uno;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.star.lang.DisposedException;
import io.doos.common.config.UnoSetting.Afterwards;
import io.doos.common.uno.SessionEnd;
import io.doos.common.uno.SessionLimits;
import io.doos.common.uno.UnoAddress;
import io.doos.worker.uno.DoorOverOffices.Wishes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients find behind the door: an office of their own, and nothing of anybody else. */
class UnoDoorOverOfficesTest {

  private static final String NOTHING = "documents False library False files [] kept ''";

  @TempDir private Path folder;

  @Test
  void aPythonClientMakesAThousandCallsUnderEitherName() throws Exception {
    try (var door = new DoorOverOffices(folder, Wishes.of(1))) {
      assertThat(said(door, "manager")).isEqualTo("True");
      assertThat(said(door, "version")).matches("\\d+\\.\\d+");
      assertThat(said(door, "calls", "1000")).matches("\\d+");
      awaitEnded(door, SessionEnd.CLIENT_LEFT, 3);
    }
  }

  @Test
  void aJavaClientMakesAThousandCalls() throws Exception {
    try (var door = new DoorOverOffices(folder, Wishes.of(1));
        var client = JavaClient.connect(door.connection())) {
      for (var call = 0; call < 1000; call++) {
        assertThat(client.context().getServiceManager()).isNotNull();
      }
    }
  }

  @Test
  void moreClientsThanOfficesAllHaveTheirTurnAndNeverShare() throws Exception {
    try (var door = new DoorOverOffices(folder, Wishes.of(2));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<java.util.concurrent.Future<String>>();
      for (var client = 0; client < 6; client++) {
        all.add(threads.submit(() -> said(door, "look")));
      }
      for (var one : all) {
        assertThat(one.get()).isEqualTo(NOTHING);
        assertThat(door.view().inUse()).isLessThanOrEqualTo(2);
      }
    }
  }

  @Test
  void nothingOfAClientIsThereForOthersNotNowAndNotLater() throws Exception {
    try (var door = new DoorOverOffices(folder, Wishes.of(2));
        var first = Program.client(door.connection(), "leave")) {
      assertThat(first.line()).isEqualTo("42");
      assertThat(first.line()).isEqualTo("left");
      assertThat(said(door, "look")).isEqualTo(NOTHING);
      first.endInput();
      first.ended();
      for (var later = 0; later < 3; later++) {
        assertThat(said(door, "look")).isEqualTo(NOTHING);
      }
    }
  }

  @Test
  void anOfficeThatIsCleanedServesTheNextClient() throws Exception {
    try (var door = new DoorOverOffices(folder, Wishes.of(1).with(Afterwards.CLEAN))) {
      for (var client = 1; client <= 3; client++) {
        assertThat(said(door, "version")).matches("\\d+\\.\\d+");
        awaitEnded(door, SessionEnd.CLIENT_LEFT, client);
      }
      var mostUsed = door.offices().stream().mapToInt(office -> office.uses()).max().orElse(0);
      assertThat(mostUsed).isEqualTo(3);
    }
  }

  @Test
  void anOfficeWhoseBasicAClientChangedServesNobodyElse() throws Exception {
    try (var door = new DoorOverOffices(folder, Wishes.of(1).with(Afterwards.CLEAN))) {
      for (var client = 1; client <= 3; client++) {
        assertThat(said(door, "change")).isEqualTo("changed");
        awaitEnded(door, SessionEnd.CLIENT_LEFT, client);
      }
      assertThat(door.offices()).allMatch(office -> office.uses() <= 1);
    }
  }

  @Test
  void theMacroOfAClientThatWasKilledIsKilledWithItsOffice() throws Exception {
    for (var afterwards : Afterwards.values()) {
      var data = folder.resolve(afterwards.name());
      try (var door = new DoorOverOffices(data, Wishes.of(1).with(afterwards));
          var client = Program.client(door.connection(), "loop")) {
        awaitLooping(data, door);
        var office = door.leased().pid();
        client.kill();
        Awaiting.that(() -> ProcessHandle.of(office).isEmpty());
        assertThat(said(door, "look")).isEqualTo(NOTHING);
      }
    }
  }

  @Test
  void anOfficeThatIsKilledInACallEndsThatSessionOnly() throws Exception {
    try (var door = new DoorOverOffices(folder, Wishes.of(2));
        var other = JavaClient.connect(door.connection())) {
      var spared = door.leased().pid();
      try (var client = Program.client(door.connection(), "loop")) {
        awaitLooping(folder, door);
        door.offices().stream()
            .filter(office -> office.phase().equals("LEASED") && office.pid() != spared)
            .forEach(office -> killAll(office.pid()));
        assertThat(client.ended()).contains("DisposedException");
      }
      assertThat(other.context().getServiceManager()).isNotNull();
      assertThat(said(door, "look")).isEqualTo(NOTHING);
      awaitEnded(door, SessionEnd.OFFICE_ENDED, 1);
    }
  }

  /** The jail's process 1 and all in it; the outermost is the worker's to reap. */
  private static void killAll(long pid) {
    ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void aClientThatIsCutOffHalfOpenLosesItsOfficeAtTheIdleLimit() throws Exception {
    var limits = new SessionLimits(Duration.ofHours(1), Duration.ofSeconds(3));
    try (var door = new DoorOverOffices(folder, Wishes.of(1).with(limits));
        var client = JavaClient.connect(door.connection())) {
      awaitEnded(door, SessionEnd.IDLE, 1);
      Assertions.assertThatThrownBy(() -> client.context().getServiceManager())
          .isInstanceOf(DisposedException.class);
    }
  }

  @Test
  void aSessionEndsAtItsLimitHoweverBusyItIs() throws Exception {
    var limits = new SessionLimits(Duration.ofSeconds(3), Duration.ofHours(1));
    try (var door = new DoorOverOffices(folder, Wishes.of(1).with(limits));
        var client = Program.client(door.connection(), "loop")) {
      assertThat(client.ended()).contains("DisposedException");
      awaitEnded(door, SessionEnd.TOO_LONG, 1);
    }
  }

  @Test
  void whoIsNotPatientIsSentAwayWhileAllOfficesAreBusy() throws Exception {
    try (var door = new DoorOverOffices(folder, Wishes.of(1).withPatience(Duration.ZERO));
        var first = JavaClient.connect(door.connection())) {
      assertThat(said(door, "version")).contains("Exception");
      awaitEnded(door, SessionEnd.BUSY, 1);
      assertThat(first.context().getServiceManager()).isNotNull();
    }
  }

  @Test
  void whoSaysNothingTakesNoOffice() throws Exception {
    try (var door = new DoorOverOffices(folder, Wishes.of(1).withPatience(Duration.ZERO));
        var silent = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
      assertThat(silent.isConnected()).isTrue();
      Awaiting.that(() -> door.view().sessions().size() == 1);
      assertThat(door.view().inUse()).isZero();
      assertThat(said(door, "manager")).isEqualTo("True");
    }
  }

  @Test
  void aPipeServesClientsOfThisUser() throws Exception {
    var pipe = new UnoAddress.Pipe("doos-test-" + ProcessHandle.current().pid());
    try (var door = new DoorOverOffices(folder, Wishes.of(1).at(pipe));
        var client = Program.client(pipe.toString(), "version")) {
      assertThat(client.ended()).matches("\\d+\\.\\d+");
      awaitEnded(door, SessionEnd.CLIENT_LEFT, 1);
    }
  }

  private static String said(DoorOverOffices door, String... arguments)
      throws IOException, InterruptedException {
    try (var client = Program.client(door.connection(), arguments)) {
      return client.ended();
    }
  }

  /** Until the macro of one client is at it. */
  private static void awaitLooping(Path data, DoorOverOffices door) {
    Awaiting.that(() ->
        door.offices().stream()
            .map(office -> data.resolve("offices").resolve(office.name()).resolve("job/looping"))
            .anyMatch(Files::exists));
  }

  private static void awaitEnded(DoorOverOffices door, SessionEnd how, long count)
      throws InterruptedException {
    Awaiting.that(() -> door.view().ended().getOrDefault(how, 0L) == count);
    assertThat(List.of(door.view().ended().getOrDefault(how, 0L))).containsExactly(count);
  }
}
