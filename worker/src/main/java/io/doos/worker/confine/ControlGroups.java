package io.doos.worker.confine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control groups that this process may make, of version 2 and of version 1, below the group
 * that it is in itself; none where it may make none. A group of ours is named after its process, so
 * that the next one here can remove what a killed one left. Safe from any thread.
 *
 * <p>Version 2 gives limits only to groups whose parent has no processes: we move into a group of
 * our own below it, and back when that does not help.
 */
public final class ControlGroups implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ControlGroups.class);

  private static final long TRIAL_SECONDS = 10;

  /** Ours in one hierarchy, with the controllers that limit what is below it. */
  private record Branch(Hierarchy hierarchy, GroupFolder ours, Set<Controller> controllers) {

    GroupFolder own() {
      return new GroupFolder(hierarchy.unified(), hierarchy.own(), hierarchy.freezer());
    }
  }

  private final GroupLimits limits;
  private final List<Branch> branches = new ArrayList<>();
  private final Map<Controller, String> missing = new EnumMap<>(Controller.class);

  private ControlGroups(GroupLimits limits) {
    this.limits = limits;
  }

  /**
   * Finds out by trying which groups we may make here, and removes what killed processes left.
   *
   * @param purpose tells those of one process apart: letters and digits
   */
  public static ControlGroups open(String purpose, GroupLimits limits) throws InterruptedException {
    var groups = new ControlGroups(limits);
    for (var controller : Controller.values()) {
      groups.missing.put(controller, "no control groups for it are mounted");
    }
    try {
      var self = OwnProcess.self();
      var mounted =
          Hierarchy.parse(
              Files.readString(Path.of("/proc/self/cgroup")),
              Files.readString(Path.of("/proc/self/mountinfo")),
              Path.of("/"));
      mounted.forEach(hierarchy -> groups.branch(hierarchy, self, purpose));
      groups.keepTheBestEnd();
      groups.tryOut();
    } catch (IOException e) {
      groups.giveUp(e.toString());
    }
    return groups;
  }

  /** Why this is not limited by a control group; empty when it is. */
  public Optional<String> whyNot(Controller controller) {
    return Optional.ofNullable(missing.get(controller));
  }

  /** Whether all processes of a group can be stopped or killed by one word to the kernel. */
  public boolean endsAsAWhole() {
    return !branches.isEmpty();
  }

  /** {@code v2}, {@code v1}, or both where each has a part. */
  public String versions() {
    var unified =
        branches.stream().anyMatch(one -> one.hierarchy.unified() && !one.controllers.isEmpty());
    var old = branches.stream().anyMatch(one -> !one.hierarchy.unified());
    return unified && old ? "v1 and v2" : unified ? "v2" : "v1";
  }

  /**
   * Makes a group; one that is there under this name ends first.
   *
   * @throws IOException when the kernel has no room for one more
   */
  public Group make(String name) throws IOException {
    var folders = new ArrayList<GroupFolder>();
    var memory = false;
    for (var branch : branches) {
      var hierarchy = branch.hierarchy;
      var folder = branch.ours.folder().resolve(name);
      folders.add(new GroupFolder(hierarchy.unified(), folder, hierarchy.freezer()));
      memory |= branch.controllers.contains(Controller.MEMORY);
    }
    var group = new Group(folders, memory);
    group.end();
    var made = false;
    try {
      for (var i = 0; i < folders.size(); i++) {
        Files.createDirectory(folders.get(i).folder());
        folders.get(i).limit(branches.get(i).controllers, limits);
      }
      made = true;
    } finally {
      if (!made) {
        group.end();
      }
    }
    return group;
  }

  private void branch(Hierarchy hierarchy, OwnProcess self, String purpose) {
    if (!hierarchy.unified() && hierarchy.controllers().isEmpty() && !hierarchy.freezer()) {
      return;
    }
    var own = new GroupFolder(hierarchy.unified(), hierarchy.own(), hierarchy.freezer());
    own.below().stream().filter(ControlGroups::isOfADeadOne).forEach(ControlGroups::sweep);
    var folder = own.folder().resolve(self.group(purpose));
    var ours = new GroupFolder(hierarchy.unified(), folder, hierarchy.freezer());
    try {
      Files.createDirectory(folder);
    } catch (IOException e) {
      hierarchy.controllers().forEach(one -> missing.put(one, notIn(own.folder(), e)));
      return;
    }
    var controllers = hierarchy.controllers();
    if (hierarchy.unified() && !controllers.isEmpty()) {
      try {
        Delegation.enable(own, ours, controllers, self.pid());
      } catch (IOException e) {
        controllers.forEach(one -> missing.put(one, notIn(own.folder(), e)));
        controllers = EnumSet.noneOf(Controller.class);
      }
    }
    branches.add(new Branch(hierarchy, ours, controllers));
    controllers.forEach(missing::remove);
  }

  private static String notIn(Path folder, IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "this user may make no groups in " + folder;
      case FileSystemException fault when fault.getReason() != null ->
          "no groups can be made in %s (%s)".formatted(folder, fault.getReason());
      default -> "no groups can be made in %s (%s)".formatted(folder, e.getMessage());
    };
  }

  /** A freezer is needed only where nobody else can end a group as a whole. */
  private void keepTheBestEnd() throws IOException {
    if (branches.stream().anyMatch(branch -> branch.hierarchy.unified())) {
      for (var branch : List.copyOf(branches)) {
        if (branch.controllers.isEmpty() && !branch.hierarchy.unified()) {
          branch.ours.remove();
          branches.remove(branch);
        }
      }
      // version 2 kills by one word: it is asked first
      branches.sort(java.util.Comparator.comparing(branch -> !branch.hierarchy.unified()));
    }
  }

  private void tryOut() throws IOException, InterruptedException {
    if (branches.isEmpty()) {
      return;
    }
    var group = make("trial");
    var command = new ArrayList<>(List.of("sh", "-c", "for g; do echo 0 > \"$g\" || exit 1; done"));
    command.add("trial");
    group.entrances().forEach(entrance -> command.add(entrance.toString()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    var process = builder.start();
    var joined = process.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    var said =
        joined
            ? ""
            : new String(
                process.getInputStream().readNBytes(1000), java.nio.charset.StandardCharsets.UTF_8);
    group.end();
    if (!joined) {
      giveUp("no process can join a group: " + said.strip());
    }
  }

  private void giveUp(String why) {
    close();
    for (var controller : Controller.values()) {
      missing.putIfAbsent(controller, why);
    }
  }

  private static boolean isOfADeadOne(GroupFolder folder) {
    return OwnProcess.ofGroup(folder.folder().getFileName().toString())
        .filter(owner -> !owner.lives())
        .isPresent();
  }

  private static void sweep(GroupFolder left) {
    new Group(List.of(left), false).end();
    log.info("Removed the control group {} of a process that was killed", left.folder());
  }

  /** Removes all groups of ours, with what is in them; but for that which we are in ourselves. */
  @Override
  public void close() {
    var self = ProcessHandle.current().pid();
    for (var branch : branches) {
      branch.ours.below().stream()
          .filter(left -> !left.processes().contains(self))
          .forEach(left -> new Group(List.of(left), false).end());
      try {
        Delegation.giveBack(branch.own(), branch.ours, self);
        branch.ours.remove();
      } catch (IOException e) {
        log.debug("{} stays for the next start to remove: {}", branch.ours.folder(), e.toString());
      }
    }
    branches.clear();
  }
}
