package io.doos.worker.confine;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Moves this process out of the way of version 2's rule that only groups without processes give
 * limits to those below them; the machine's root group is free of it.
 */
final class Delegation {

  private static final String BELOW = "cgroup.subtree_control";
  private static final String WORKER = "worker";

  private Delegation() {}

  /**
   * Gives {@code ours}, a group below {@code own}, the right to limit groups below it.
   *
   * @throws IOException when that is not granted; we are in {@code own} then, as before
   */
  static void enable(GroupFolder own, GroupFolder ours, Set<Controller> controllers, long pid)
      throws IOException {
    var all =
        controllers.stream().map(one -> "+" + one.kernelName()).collect(Collectors.joining(" "));
    var root = !Files.exists(own.folder().resolve("cgroup.type"));
    var enabled = false;
    try {
      if (!root) {
        var worker = Files.createDirectory(ours.folder().resolve(WORKER));
        new GroupFolder(true, worker, false).write(GroupFolder.PROCESSES, pid);
      }
      own.write(BELOW, all);
      ours.write(BELOW, all);
      enabled = true;
    } catch (IOException e) {
      throw own.processes().size() > 1
          ? new IOException("other processes are in the same group", e)
          : e;
    } finally {
      if (!enabled) {
        giveBack(own, ours, pid);
      }
    }
  }

  /** Back to where we came from, if we ever left. */
  static void giveBack(GroupFolder own, GroupFolder ours, long pid) throws IOException {
    var worker = new GroupFolder(true, ours.folder().resolve(WORKER), false);
    if (!ours.unified() || !Files.exists(worker.folder())) {
      return;
    }
    try {
      // as long as it gives limits to others it takes no processes
      for (var giver : List.of(ours, own)) {
        for (var controller : Controller.values()) {
          giver.write(BELOW, "-" + controller.kernelName());
        }
      }
    } catch (IOException e) {
      // it gave none, or others below it still need them: then the move fails, and says so
    }
    own.write(GroupFolder.PROCESSES, pid);
    worker.remove();
  }
}
