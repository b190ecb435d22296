package io.doos.worker.office;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out by trying which jail works on this machine. */
final class JailChoice {

  private static final Logger log = LoggerFactory.getLogger(JailChoice.class);

  private static final String REMEDY =
      "To mend it: install bubblewrap (apt-get install bubblewrap); in a container allow user"
          + " namespaces (security_opt: seccomp=deploy/docker/seccomp.json, systempaths=unconfined,"
          + " apparmor=unconfined; docs/containers.md has more), or have setpriv of util-linux 2.41,"
          + " Linux 6.2 and an engine that lets Landlock's system calls pass; on Ubuntu 24.04 as"
          + " another user than root, set kernel.apparmor_restrict_unprivileged_userns=0; as another"
          + " user than root, let it own the data folder. docs/jail.md has more. Or set"
          + " jail=preferred, and macros will see this machine's files and network.";

  private final OfficeSettings settings;
  private final Jail.Ground ground;
  private final Spawner spawner;
  private final Function<Jail, String> program;

  /** For offices. */
  JailChoice(OfficeSettings settings, Jail.Ground ground, Spawner spawner) {
    this(
        settings,
        ground,
        spawner,
        _ -> ground.installation().resolve("program/soffice.bin").toString());
  }

  /**
   * For any program.
   *
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

  /**
   * The best jail that works here; tries each with a shell that looks around.
   *
   * @throws OfficeFailure.NotConfined when none works, or lacks what it must have, and one is
   *     required
   */
  Jail choose() throws OfficeFailure.NotConfined, IOException, InterruptedException {
    var self = Owner.self();
    var complaints = new ArrayList<String>();
    var probe = new JailProbe(settings.folder(), ground, spawner, program);
    var chosen = Optional.<Jail>empty();
    for (var jail : candidates(self)) {
      var complaint = probe.complaint(jail);
      var lacking = Layer.lacking(jail.layers());
      if (complaint.isEmpty() && lacking.isEmpty()) {
        return jail;
      }
      if (complaint.isEmpty()) {
        chosen = chosen.or(() -> Optional.of(jail));
        complaint =
            lacking.stream()
                .map(layer -> layer.kind().words() + ": " + layer.why())
                .collect(Collectors.joining(", "));
      }
      complaints.add(jail.description() + ": " + complaint);
    }
    return switch (settings.jail()) {
      case REQUIRED ->
          throw new OfficeFailure.NotConfined(
              "Offices cannot be confined here (" + String.join("; ", complaints) + "). " + REMEDY);
      case PREFERRED -> {
        log.warn("No jail has all its layers ({}). {}", String.join("; ", complaints), REMEDY);
        yield chosen.orElseGet(
            () -> new Unconfined(settings.firstUid(), settings.caps(), ground, self));
      }
    };
  }

  /** The better ones first. */
  private List<Jail> candidates(Owner self) throws IOException {
    var jails = new ArrayList<Jail>();
    var filter = FilterFile.write(settings.folder(), false);
    for (var way :
        self.root()
            ? List.of(Bubblewrap.Way.USER_THEN_JAIL, Bubblewrap.Way.JAIL_THEN_USER)
            : List.of(Bubblewrap.Way.SAME_USER)) {
      jails.add(new Bubblewrap(way, settings.firstUid(), settings.caps(), ground, self, filter));
    }
    FilterFile.write(settings.folder(), true)
        .ifPresent(bare ->
            jails.add(new Landlocked(settings.firstUid(), settings.caps(), ground, self, bare)));
    return jails;
  }
}
