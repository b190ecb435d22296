package io.doos.worker.uno;

import io.doos.common.config.UnoSetting.Afterwards;
import io.doos.worker.uno.DoorOverOffices.Wishes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the UNO door costs: per call, by turns with the same Python client at the same office's own
 * pipe; per lease; per session, with what a minute of sessions leaves behind. Ratios of one run say
 * more than figures.
 */
public final class UnoBenchMain {

  private static final int ROUNDS = 110;
  private static final int WARM_UP = 10;
  private static final String CALLS = "100";
  private static final int LEASES = 20;

  private UnoBenchMain() {}

  /** Measures, with all files in a temporary folder; an argument sets the seconds of sessions. */
  public static void main(String[] arguments) throws Exception {
    var seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    var folder = Files.createTempDirectory("uno-bench");
    calls(folder.resolve("calls"));
    leases(folder.resolve("leases"));
    for (var afterwards : Afterwards.values()) {
      sessions(folder.resolve(afterwards.name()), afterwards, Duration.ofSeconds(seconds));
    }
  }

  private static void calls(Path folder) throws Exception {
    try (var door = new DoorOverOffices(folder, Wishes.of(1));
        var through = Program.client(door.connection(), "series")) {
      through.line();
      var link = ownPipe(folder, door);
      try (var direct = Program.client("pipe,name=" + name(link), "series")) {
        direct.line();
        compare(direct, through);
      } finally {
        Files.delete(link);
      }
    }
  }

  /** By turns, so that both see the same machine. */
  private static void compare(Program direct, Program through) throws IOException {
    var without = new ArrayList<Integer>();
    var with = new ArrayList<Integer>();
    var more = new ArrayList<Integer>();
    for (var round = 0; round < ROUNDS; round++) {
      var one = microseconds(direct);
      var other = microseconds(through);
      if (round >= WARM_UP) {
        without.add(one);
        with.add(other);
        more.add(other - one);
      }
    }
    System.out.printf(
        "a call: %d µs to the office's pipe, %d µs through the door (%.2f times), %d µs more;"
            + " medians of %d rounds of %s calls%n",
        median(without),
        median(with),
        (double) median(with) / median(without),
        median(more),
        more.size(),
        CALLS);
  }

  private static int microseconds(Program client) throws IOException {
    client.tell(CALLS);
    return Integer.parseInt(client.line());
  }

  /** Leads clients of this user to the pipe of the office that a client has. */
  private static Path ownPipe(Path folder, DoorOverOffices door) throws IOException {
    var tmp = folder.resolve("offices").resolve(door.leased().name()).resolve("tmp");
    var uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    try (var pipes = Files.list(tmp)) {
      var pipe = pipes.filter(UnoBenchMain::speaksUno).findAny().orElseThrow();
      return Files.createSymbolicLink(
          Path.of("/tmp", "OSL_PIPE_" + uid + "_bench" + ProcessHandle.current().pid()), pipe);
    }
  }

  /** An office has a second pipe, where later starts of it report, and whoever speaks UNO waits. */
  private static boolean speaksUno(Path file) {
    var name = file.getFileName().toString();
    return name.startsWith("OSL_PIPE_") && !name.contains("SingleOfficeIPC");
  }

  private static String name(Path link) {
    var file = link.getFileName().toString();
    return file.substring(file.lastIndexOf('_') + 1);
  }

  private static void leases(Path folder) throws Exception {
    try (var door = new DoorOverOffices(folder, Wishes.of(1))) {
      var took = new ArrayList<Integer>();
      for (var lease = 0; lease < LEASES; lease++) {
        Awaiting.that(() -> door.offices().stream().allMatch(one -> one.phase().equals("READY")));
        took.add(door.microsecondsToLease());
      }
      System.out.printf(
          "a lease with a standby ready: %d µs (median of %d; the slowest %d µs)%n",
          median(took), LEASES, took.stream().max(Integer::compare).orElse(0));
    }
  }

  private static void sessions(Path folder, Afterwards afterwards, Duration time) throws Exception {
    try (var door = new DoorOverOffices(folder, Wishes.of(1).with(afterwards))) {
      for (var warm = 0; warm < 10; warm++) {
        session(door);
      }
      settle(door);
      var before = left(folder);
      var begin = System.nanoTime();
      var count = 0;
      while (System.nanoTime() - begin < time.toNanos()) {
        session(door);
        count++;
      }
      var minutes = (System.nanoTime() - begin) / 60e9;
      settle(door);
      System.out.printf(
          "%s: %.0f sessions a minute on one office; before %s, after %s%n",
          afterwards, count / minutes, before, left(folder));
    }
  }

  private static void session(DoorOverOffices door) throws Exception {
    try (var client = JavaClient.connect(door.connection())) {
      client.context().getServiceManager();
    }
  }

  private static void settle(DoorOverOffices door) {
    Awaiting.that(() -> door.view().sessions().isEmpty());
    Awaiting.that(() -> door.offices().stream().allMatch(one -> one.phase().equals("READY")));
  }

  private static String left(Path folder) throws IOException {
    return "%d descriptors, %d threads, %d processes, %d folders"
        .formatted(
            count(Path.of("/proc/self/fd")),
            count(Path.of("/proc/self/task")),
            ProcessHandle.current().descendants().count(),
            count(folder.resolve("offices")));
  }

  private static long count(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.count();
    }
  }

  private static int median(List<Integer> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0);
  }
}
