package io.doos.worker.office;

import io.doos.worker.confine.ControlGroups;
import io.doos.worker.confine.Group;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of one office: the jail's, the office's and whatever a macro starts. Ends as a
 * whole. Safe from any thread.
 */
final class OfficeProcess {

  private static final Logger log = LoggerFactory.getLogger(OfficeProcess.class);

  /** 128 + SIGKILL: if it was not us, it was the kernel, out of memory. */
  private static final int SIGKILLED = 137;

  private static final long JAIL_ENDS_WITHIN_MS = 1000;

  private final String name;
  private final Process process;
  private final boolean confined;
  private final Owner owner;
  private final Spawner spawner;
  private final OfficeOutput output;
  private final CpuShare cpuShare = new CpuShare();
  private final Group group;

  private OfficeProcess(
      String name, Process process, Jail jail, Owner owner, Spawner spawner, Group group) {
    this.name = name;
    this.process = process;
    this.confined = jail.confines();
    this.owner = owner;
    this.spawner = spawner;
    this.group = group;
    this.output = new OfficeOutput(name, process.getInputStream());
  }

  /** Starts {@code program} in {@code cell}; returns at once. */
  static OfficeProcess start(
      Jail jail, Cell cell, ControlGroups groups, Spawner spawner, List<String> program)
      throws IOException, InterruptedException {
    var group = groups.make(cell.name());
    var started = false;
    try {
      var process =
          spawner.start(
              Entrance.command(
                  group.entrances(), jail.filterToOpen(), jail.command(cell, program)));
      started = true;
      return new OfficeProcess(cell.name(), process, jail, cell.owner(), spawner, group);
    } finally {
      if (!started) {
        group.end();
      }
    }
  }

  /** The process we started; outermost of its tree. */
  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Completes when the outermost process has ended and is reaped. */
  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  boolean awaitExit(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** 128 + signal where a signal ended it; only once it has ended. */
  int exitCode() {
    return process.exitValue();
  }

  /** How it stands beside others. */
  CpuShare cpuShare() {
    return cpuShare;
  }

  /** Its last lines of output. */
  String output() throws InterruptedException {
    return output.last();
  }

  /**
   * Whether it ended for want of memory, as far as can be told: killed, and not by us, or with a
   * word about it. Only once it has ended, and was not killed by us.
   */
  boolean ranOutOfMemory() throws InterruptedException {
    var killed =
        process.exitValue() == SIGKILLED && (!group.countsMemory() || group.memoryKills() > 0);
    return killed || output.saysOutOfMemory();
  }

  /** All its processes, in no order. */
  ProcessTree all() {
    return group.processes().map(ProcessTree::new).orElseGet(this::tree);
  }

  /** The same, parents before their children; by many more reads. */
  ProcessTree tree() {
    return ProcessTree.below(process.pid());
  }

  /** Kills all its processes at once; returns when they are gone and reaped. */
  void kill() {
    if (process.isAlive()) {
      killTree();
    }
    group.end();
  }

  private void killTree() {
    var pids = tree().pids();
    if (confined && pids.size() > 1) {
      // The second is process 1 of the jail, with which all others there end. The first, its
      // parent, is ours to reap: killed before its child, it would leave that to nobody.
      pids.stream().skip(1).forEach(OfficeProcess::kill);
      if (!ends()) {
        process.destroyForcibly();
      }
    } else if (confined) {
      process.destroyForcibly(); // it is alone, or its jail is just being built, and ends with it
    } else {
      killGroup();
      pids.forEach(OfficeProcess::kill);
    }
    if (!ends()) {
      log.error("{}: process {} does not end after SIGKILL", name, process.pid());
    }
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  private void killGroup() {
    // a user of its own runs nothing but this office: with it goes what left the group
    var command =
        owner.foreign()
            ? List.of(
                "setpriv", "--reuid=" + owner.uid(), "--clear-groups", "sh", "-c", "kill -KILL -1")
            : List.of("sh", "-c", "kill -KILL -" + process.pid());
    try {
      spawner.start(command).waitFor(JAIL_ENDS_WITHIN_MS, TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      log.warn("{}: cannot kill its process group: {}", name, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ends() {
    var interrupted = Thread.interrupted(); // what is being killed must be gone when we return
    try {
      return process.waitFor(JAIL_ENDS_WITHIN_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      return !process.isAlive();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
