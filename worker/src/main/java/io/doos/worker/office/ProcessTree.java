package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * Processes that belong together, as {@code /proc} tells of them; processes that end meanwhile
 * count as gone.
 */
record ProcessTree(List<Long> pids) {

  /** The kernel's clock tick as user space sees it: 100 Hz on every Linux (USER_HZ). */
  private static final int TICK_MS = 10;

  /** A process and all its descendants now, parents before their children. */
  static ProcessTree below(long pid) {
    var pids = new ArrayList<Long>();
    collect(pid, pids);
    return new ProcessTree(pids);
  }

  private static void collect(long pid, List<Long> into) {
    into.add(pid);
    for (var task : tasks(pid)) {
      var children = new StringTokenizer(read(task.resolve("children")));
      while (children.hasMoreTokens()) {
        collect(Long.parseLong(children.nextToken()), into);
      }
    }
  }

  /** CPU time used so far by all, waited-for children included; a resolution of 10 ms. */
  Duration cpuTime() {
    var ticks = 0L;
    for (var pid : pids) {
      var stat = read(Path.of("/proc/" + pid + "/stat"));
      // the second field, the program's name, may hold blanks and parentheses; utime is the 14th
      var fields = new StringTokenizer(stat.substring(stat.lastIndexOf(')') + 1));
      for (var field = 3; field <= 17 && fields.hasMoreTokens(); field++) {
        var text = fields.nextToken();
        ticks += field >= 14 ? Long.parseLong(text) : 0;
      }
    }
    return Duration.ofMillis(ticks * TICK_MS);
  }

  /** Resident memory of all, shared pages counted once per process. */
  long residentBytes() {
    var bytes = 0L;
    for (var pid : pids) {
      bytes +=
          read(Path.of("/proc/" + pid + "/status"))
              .lines()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
              .findFirst()
              .orElse(0);
    }
    return bytes;
  }

  /**
   * What files take that have no name any more but are held open: deleted ones, and those that live
   * in memory only. One that several hold counts once.
   */
  long unlinkedBytes() {
    var sizes = new HashMap<String, Long>();
    for (var pid : pids) {
      try (var descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
        for (var descriptor : descriptors) {
          unlinked(descriptor, sizes);
        }
      } catch (IOException | DirectoryIteratorException e) {
        // it ended, or it is not ours to look into
      }
    }
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void unlinked(Path descriptor, Map<String, Long> sizes) {
    try {
      var file = Files.readAttributes(descriptor, "unix:isRegularFile,nlink,dev,ino,size");
      if (Boolean.TRUE.equals(file.get("isRegularFile"))
          && Integer.valueOf(0).equals(file.get("nlink"))) {
        sizes.put(file.get("dev") + " " + file.get("ino"), (Long) file.get("size"));
      }
    } catch (IOException e) {
      // it was closed meanwhile
    }
  }

  /** Whether a thread of any of them runs or waits for a CPU right now. */
  boolean busy() {
    for (var pid : pids) {
      for (var task : tasks(pid)) {
        var stat = read(task.resolve("stat"));
        if (stat.startsWith(") R", stat.lastIndexOf(')'))) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<Path> tasks(long pid) {
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      var all = new ArrayList<Path>();
      tasks.forEach(all::add);
      return all;
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return List.of(); // it ended
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // it ended
    }
  }
}
