package io.doos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.store.StoreFailure;
import io.doos.deploy.command.Wiring.FarmProcess;
import io.doos.gateway.GatewayMain;
import io.doos.worker.WorkerMain;
import io.doos.worker.office.OfficeFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are told when a gateway or worker cannot start. */
class ProcessCommandsTest {

  @TempDir private Path folder;

  @Test
  void gatewayAndWorkerSayWhichKeysOfTheStoreAreMissing() {
    for (var command : List.of("gateway", "worker")) {
      var run = run(GatewayMain::run, WorkerMain::run, command);

      assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err())
          .contains("store.access-key is missing: set it in doos.yaml or as DOOS_STORE_ACCESS_KEY.")
          .contains("store.secret-key is missing")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aWorkerWithoutAJailSaysWhatToDoAboutIt() {
    var run =
        run(
            _ -> ExitCode.OK,
            _ -> {
              throw new OfficeFailure.NotConfined("Offices cannot be confined here.");
            },
            "worker");

    assertThat(run)
        .isEqualTo(new CommandRun(ExitCode.USAGE, "", "doos: Offices cannot be confined here.\n"));
  }

  private CommandRun run(FarmProcess gateway, FarmProcess worker, String command) {
    var wiring =
        new Wiring(
            _ -> ExitCode.OK,
            gateway,
            worker,
            _ -> {
              throw new StoreFailure.Unavailable("nobody there", null);
            },
            _ -> List.of());
    return CommandRun.of(wiring, folder, false, Map.of(), command);
  }
}
