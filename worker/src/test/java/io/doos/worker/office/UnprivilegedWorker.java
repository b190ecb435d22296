package io.doos.worker.office;

import java.nio.file.Files;
import java.nio.file.Path;

/** A worker that is nobody special, in a process of its own: prints what its offices see. */
public final class UnprivilegedWorker {

  private static final int MORE_THAN_THE_KERNEL_TAKES_AT_ONCE = 30;

  private UnprivilegedWorker() {}

  /** The first argument is a folder of its own. */
  public static void main(String[] arguments) throws Exception {
    var folder = Path.of(arguments[0]);
    work(folder);
    try (var left = Files.list(folder.resolve("offices"))) {
      System.out.println("left: " + left.map(Path::getFileName).sorted().toList());
    }
  }

  private static void work(Path folder) throws Exception {
    try (var offices = Offices.open(OfficeSettings.standard(folder));
        var one = offices.start(0, 1);
        var other = offices.start(1, 1)) {
      one.takeAsClean();
      System.out.println("jail: " + offices.jail().description());
      System.out.println("both answer: " + (one.answers() && other.answers()));
      System.out.println(
          Basic.shell(
              one,
              """
              echo user: $(id -u)
              echo environ: $(tr '\\0' '\\n' < /proc/1/environ | wc -c)
              echo interfaces: $(tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' ' | tr '\\n' ' ')
              echo data folder: $(ls %s 2> /dev/null | wc -l)
              echo threads: $(for i in $(seq 300); do sleep 5 & done 2>&1 | grep -c -i fork)
              echo shared memory: $(touch /dev/shm/x 2> /dev/null && echo writable)
              """
                  .formatted(folder)));
      var asked = 0;
      for (; asked < MORE_THAN_THE_KERNEL_TAKES_AT_ONCE; asked++) {
        var _ = new CpuShare().lower(ProcessTree.below(other.pid()).pids());
      }
      System.out.println("shares asked for: " + asked);
      Basic.background(one, "mkdir -p /job/closed/deep; chmod 0 /job/closed");
      var _ = one.closeDocuments();
      var pids = ProcessTree.below(one.pid()).pids();
      one.kill(Office.Death.RETIRED);
      System.out.println(
          "gone: " + pids.stream().noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
    }
  }
}
