package io.doos.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * CPU time that a farm used, in clock ticks of 10 ms: its JVM's by thread, and that of the
 * processes below it, from {@code /proc}.
 *
 * @param processes those that were there when it was looked at: the farm's own, and those below it
 */
record CpuUse(Map<CpuShare, Long> ticks, Map<Long, Stat> processes) {

  static final double TICK_MS = 10;

  static final CpuUse NONE = new CpuUse(Map.of(), Map.of());

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
    var processes = new HashMap<Long, Stat>();
    processes.put(pid, process.withoutOwn());
    for (var child : ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).toList()) {
      try {
        processes.put(child.pid(), Stat.read(Path.of("/proc/" + child.pid() + "/stat")));
      } catch (NoSuchFileException e) {
        // ended since it was listed; its parent has its time now
      }
    }
    return new CpuUse(ticks, processes);
  }

  /** This and {@code more} together. */
  CpuUse plus(CpuUse more) {
    var sum = new EnumMap<CpuShare, Long>(CpuShare.class);
    sum.putAll(ticks);
    more.ticks.forEach((share, time) -> sum.merge(share, time, Long::sum));
    return new CpuUse(sum, Map.of());
  }

  /** What was used since {@code before}. */
  CpuUse since(CpuUse before) {
    var difference = new EnumMap<CpuShare, Long>(CpuShare.class);
    ticks.forEach((share, now) -> difference.put(share, now - before.of(share)));
    difference.put(CpuShare.OFFICES, below(before));
    return new CpuUse(difference, Map.of());
  }

  /**
   * What the processes below used. The time of one that ended meanwhile went to its parent, what it
   * had used before included, or to nobody, where that had ended first.
   */
  private long below(CpuUse before) {
    long own = 0;
    long inherited = 0;
    for (var process : processes.entrySet()) {
      var then = before.processes.getOrDefault(process.getKey(), Stat.NONE);
      own += process.getValue().own - then.own;
      inherited += process.getValue().children - then.children;
    }
    long ended =
        before.processes.entrySet().stream()
            .filter(process -> !processes.containsKey(process.getKey()))
            .mapToLong(process -> process.getValue().own + process.getValue().children)
            .sum();
    return own + Math.max(0, inherited - ended);
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
  record Stat(String name, long own, long children) {

    private static final Stat NONE = new Stat("", 0, 0);

    private Stat withoutOwn() {
      return new Stat(name, 0, children);
    }

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
