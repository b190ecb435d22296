package io.doos.worker.office;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How an office's processes stand beside others when the processor is short: behind them while it
 * is made ready, as their equals once somebody waits for it. Linux weighs sessions, and an office
 * has one of its own, against each other by a nice value that, other than a process's, may be taken
 * back without privileges (sched(7), "The autogroup feature"). Without that feature nothing is
 * done. What is in the machine's first session, as we may be where init started us, has no name and
 * no nice value there. Safe from any thread.
 */
final class CpuShare {

  /** A third of an equal's share. */
  private static final int BEHIND = 5;

  private static final int EQUAL = 0;

  /** Where we are not root the kernel takes ten changes a second from all users together. */
  private static final int MOST_TRIES = 100;

  private static final long BETWEEN_TRIES_NANOS = 50_000_000;

  private final Path processes;
  private @Nullable Path group;
  private String lowered = "";
  private boolean raised;

  CpuShare() {
    this(Path.of("/proc"));
  }

  /** {@code processes} is the kernel's folder of them, or one made like it. */
  CpuShare(Path processes) {
    this.processes = processes;
  }

  /**
   * Puts the session that the innermost of {@code pids} is in behind others, once it has one of its
   * own.
   *
   * @return whether that is settled; else to be tried again a moment later
   */
  synchronized boolean lower(List<Long> pids) {
    var own = of(ProcessHandle.current().pid());
    if (raised || !Files.exists(own)) {
      return true;
    }
    var innermost = of(pids.getLast());
    var name = name(innermost);
    if (name.isEmpty()) {
      return false;
    }
    if (name.equals(lowered)) {
      return true;
    }
    if (name.equals(name(own)) || (pids.size() > 1 && name.equals(name(of(pids.getFirst()))))) {
      return false;
    }
    group = innermost;
    lowered = name;
    change();
    return true;
  }

  /** Makes it the others' equal again; returns at once. */
  synchronized void raise() {
    if (!raised) {
      raised = true;
      change();
    }
  }

  private void change() {
    if (!changed()) {
      var _ = Thread.ofVirtual().name("cpu-share").start(this::insist);
    }
  }

  private void insist() {
    for (var tries = 0; tries < MOST_TRIES; tries++) {
      LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
      if (changed()) {
        return;
      }
    }
  }

  /** Whether what is wanted by now holds, or there is nobody left to want it for. */
  private synchronized boolean changed() {
    return group == null || write(group, raised ? EQUAL : BEHIND) || !Files.exists(group);
  }

  private Path of(long pid) {
    return processes.resolve(pid + "/autogroup");
  }

  /** Such as {@code /autogroup-140}; empty in the first session, or when the process has ended. */
  private static String name(Path group) {
    try {
      var text = Files.readString(group);
      return text.substring(0, Math.max(0, text.indexOf(' ')));
    } catch (IOException e) {
      return "";
    }
  }

  private static boolean write(Path group, int nice) {
    try (var channel = FileChannel.open(group, StandardOpenOption.WRITE)) {
      // one call to the kernel, which takes nothing (EAGAIN) where there were too many changes
      return channel.write(ByteBuffer.wrap(String.valueOf(nice).getBytes(US_ASCII))) > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
