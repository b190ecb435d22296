package io.doos.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * CPU time that a farm used so far, in clock ticks of 10 ms: its JVM's by thread, and that of the
 * processes below it, from {@code /proc}.
 */
record CpuUse(Map<CpuShare, Long> ticks) {

  static final double TICK_MS = 10;

  static final CpuUse NONE = new CpuUse(Map.of());

  /** Looks at the process {@code pid} now. */
  static CpuUse of(long pid) throws IOException {
    var ticks = new EnumMap<CpuShare, Long>(CpuShare.class);
    var process = Stat.read(Path.of("/proc/" + pid + "/stat"));
    long known = 0;
    try (var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (var task : tasks.toList()) {
        try {
          var stat = Stat.read(task.resolve("stat"));
          ticks.merge(CpuShare.ofThread(stat.name()), stat.own(), Long::sum);
          known += stat.own();
        } catch (NoSuchFileException e) {
          // ended since it was listed; counted with what is left over
        }
      }
    }
    ticks.merge(CpuShare.REST, Math.max(0, process.own() - known), Long::sum);
    long offices = process.children();
    for (var child : ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).toList()) {
      try {
        var stat = Stat.read(Path.of("/proc/" + child.pid() + "/stat"));
        offices += stat.own() + stat.children();
      } catch (NoSuchFileException e) {
        // ended since it was listed; its parent has its time now
      }
    }
    ticks.put(CpuShare.OFFICES, offices);
    return new CpuUse(ticks);
  }

  /** This and {@code more} together. */
  CpuUse plus(CpuUse more) {
    var sum = new EnumMap<CpuShare, Long>(CpuShare.class);
    sum.putAll(ticks);
    more.ticks.forEach((share, time) -> sum.merge(share, time, Long::sum));
    return new CpuUse(sum);
  }

  /** What was used since {@code before}. */
  CpuUse since(CpuUse before) {
    var difference = new EnumMap<CpuShare, Long>(CpuShare.class);
    ticks.forEach((share, now) -> difference.put(share, now - before.of(share)));
    return new CpuUse(difference);
  }

  long of(CpuShare share) {
    return ticks.getOrDefault(share, 0L);
  }

  /** Of the process itself, without those below it. */
  long own() {
    return total() - of(CpuShare.OFFICES);
  }

  long total() {
    return ticks.values().stream().mapToLong(Long::longValue).sum();
  }

  /** A line of {@code /proc/…/stat}: proc(5) numbers its fields from 1, the name is the second. */
  private record Stat(String name, long own, long children) {

    static Stat read(Path file) throws IOException {
      String line;
      try {
        line = Files.readString(file);
      } catch (NoSuchFileException e) {
        throw e;
      } catch (IOException e) {
        throw (IOException)
            new NoSuchFileException(file.toString()).initCause(e); // ended while read
      }
      int nameEnd = line.lastIndexOf(')');
      var fields = line.substring(nameEnd + 2).split(" ", -1);
      return new Stat(
          line.substring(line.indexOf('(') + 1, nameEnd),
          Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
          Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
    }
  }
}
