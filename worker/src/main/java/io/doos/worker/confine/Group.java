package io.doos.worker.confine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control group of one office: one in each hierarchy that we use. Whoever joins it stays in it
 * with all that it starts, for nobody inside sees control groups. Safe from any thread.
 */
public final class Group {

  private static final Logger log = LoggerFactory.getLogger(Group.class);

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(2);

  private final List<GroupFolder> folders;
  private final boolean countsMemory;
  private volatile long memoryKills;

  Group(List<GroupFolder> folders, boolean countsMemory) {
    this.folders = List.copyOf(folders);
    this.countsMemory = countsMemory;
  }

  /** A group of nobody, where there are no control groups. */
  public static Group none() {
    return new Group(List.of(), false);
  }

  /** A process that writes {@code 0} to each of these is in the group. */
  public List<Path> entrances() {
    return folders.stream().map(one -> one.folder().resolve(GroupFolder.PROCESSES)).toList();
  }

  /** Whether it is known when the kernel kills for want of memory. */
  public boolean countsMemory() {
    return countsMemory;
  }

  /** How many of its processes the kernel killed for want of memory. */
  public long memoryKills() {
    return Math.max(
        memoryKills, folders.stream().mapToLong(GroupFolder::memoryKills).max().orElse(0));
  }

  /**
   * The processes in it, in no order, by one read: a process that has ended is not among them, and
   * none that somebody in it hid is missing. Empty where there are no control groups, or it is
   * gone.
   */
  public Optional<List<Long>> processes() {
    return folders.stream().findFirst().flatMap(GroupFolder::listed);
  }

  /** Whether no process is in it. */
  public boolean empty() {
    return folders.stream().allMatch(folder -> folder.processes().isEmpty());
  }

  /**
   * Kills all processes in it, and removes it; takes 1 s at most, then says in the log what is
   * left. Harmless when it is removed already.
   */
  public void end() {
    var deadline = System.nanoTime() + ENDS_WITHIN.toNanos();
    while (!empty()) {
      if (System.nanoTime() > deadline) {
        log.error("{} does not end after SIGKILL", folders);
        return;
      }
      // those that can kill all at once come first, and leave nothing to the others
      folders.forEach(GroupFolder::kill);
      LockSupport.parkNanos(POLL.toNanos());
    }
    memoryKills = memoryKills();
    folders.forEach(folder -> remove(folder, deadline));
  }

  private static void remove(GroupFolder folder, long deadline) {
    while (true) {
      try {
        folder.remove();
        return;
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          log.warn("The control group {} cannot be removed: {}", folder.folder(), e.toString());
          return;
        }
        LockSupport.parkNanos(POLL.toNanos()); // its last process is not quite gone
      }
    }
  }
}
