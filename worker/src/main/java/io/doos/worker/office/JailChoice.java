package io.doos.worker.office;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out by trying which jail works on this machine. */
final class JailChoice {

  private static final Logger log = LoggerFactory.getLogger(JailChoice.class);

  private static final long PROBE_SECONDS = 10;

  private static final String REMEDY =
      "To mend it: install bubblewrap (apt-get install bubblewrap); in a container allow user"
          + " namespaces (security_opt: seccomp=deploy/docker/seccomp.json, systempaths=unconfined,"
          + " apparmor=unconfined; docs/containers.md has more); on Ubuntu 24.04 as another user than root, set"
          + " kernel.apparmor_restrict_unprivileged_userns=0; as another user than root, let it own"
          + " the data folder. Or set jail=preferred, and macros will see this machine's files and"
          + " network.";

  private final OfficeSettings settings;
  private final Jail.Ground ground;
  private final Spawner spawner;
  private final Function<Jail, String> program;

  /**
   * @param program what must be found in a jail, as it is seen there
   */
  JailChoice(
      OfficeSettings settings,
      Jail.Ground ground,
      Spawner spawner,
      Function<Jail, String> program) {
    this.settings = settings;
    this.ground = ground;
    this.spawner = spawner;
    this.program = program;
  }

  /** For offices of this installation. */
  static JailChoice forOffices(OfficeSettings settings, Jail.Ground ground, Spawner spawner) {
    var office = ground.installation().resolve("program/soffice.bin").toString();
    return new JailChoice(settings, ground, spawner, _ -> office);
  }

  /**
   * The best jail that works here; tries each with a shell that looks around.
   *
   * @throws OfficeFailure.NotConfined when none works and one is required
   */
  Jail choose() throws OfficeFailure.NotConfined, IOException, InterruptedException {
    var self = Owner.self();
    var complaints = new ArrayList<String>();
    for (var way :
        self.root()
            ? List.of(Bubblewrap.Way.USER_THEN_JAIL, Bubblewrap.Way.JAIL_THEN_USER)
            : List.of(Bubblewrap.Way.SAME_USER)) {
      var jail = new Bubblewrap(way, settings.firstUid(), settings.caps(), ground, self);
      var complaint = probe(jail);
      if (complaint.isEmpty()) {
        return jail;
      }
      complaints.add(jail.description() + ": " + complaint);
    }
    return switch (settings.jail()) {
      case REQUIRED ->
          throw new OfficeFailure.NotConfined(
              "Offices cannot be confined here (" + String.join("; ", complaints) + "). " + REMEDY);
      case PREFERRED -> {
        var jail = new Unconfined(settings.firstUid(), settings.caps(), ground, self);
        log.warn(
            "Offices run with {}: macros see this machine's files and network ({}). {}",
            jail.description(),
            String.join("; ", complaints),
            REMEDY);
        yield jail;
      }
    };
  }

  /** What is wrong with {@code jail}; empty when it holds. */
  private String probe(Jail jail) throws IOException, InterruptedException {
    var root = settings.folder().resolve("probe");
    FolderTree.delete(root);
    var cell = Cell.make(root, jail.owner(0));
    try {
      var view = jail.view(cell);
      var check =
          "test -x '%s' && test -w '%s' && test -w '%s' && test -r '%s' && test ! -e '%s' && echo confined"
              .formatted(program.apply(jail), view.tmp(), view.job(), view.templates(), root);
      return run(jail.command(cell, List.of("/bin/sh", "-c", check)));
    } finally {
      FolderTree.delete(root);
    }
  }

  private String run(List<String> command) throws InterruptedException {
    try {
      var process = spawner.start(command);
      if (!process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "no answer within " + PROBE_SECONDS + " s";
      }
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (output.trim().equals("confined")) {
        return "";
      }
      return output.isBlank() ? "exit code " + process.exitValue() : output.trim();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
