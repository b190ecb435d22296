package io.doos.deploy.storm;

import io.doos.deploy.fault.Farm;
import io.doos.worker.office.FolderTree;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Random;

/**
 * A long storm. Arguments: minutes, and a seed if it is to be an earlier one again. Exits with 1
 * when a promise was broken, and leaves everything that was written then.
 */
public final class StormMain {

  private static final int JOBS_PER_MINUTE = 180;

  private StormMain() {}

  public static void main(String[] arguments) throws Exception {
    Farm.endAllWithThisProcess();
    var minutes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    var seed =
        arguments.length > 1 && !arguments[1].isBlank()
            ? Long.parseLong(arguments[1])
            : new Random().nextLong(1_000_000);
    var folder = Files.createTempDirectory("doos-storm-");
    var jobs = Math.max(2000, minutes * JOBS_PER_MINUTE);
    var plan = new Storm.Plan(seed, Duration.ofMinutes(minutes), jobs, folder);
    var figures = new Storm(plan, System.out).run();
    System.out.println(figures);
    figures.findings().faults().forEach(System.out::println);
    if (!figures.findings().faults().isEmpty()) {
      System.out.println(
          "Again: make storm MINUTES=%d SEED=%d; logs of this one: %s"
              .formatted(minutes, seed, folder));
      System.exit(1);
    }
    FolderTree.delete(folder);
  }
}
