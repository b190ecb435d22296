package io.doos.deploy.storm;

import io.doos.deploy.fault.Findings;
import java.time.Duration;
import java.util.Map;

/**
 * What came of a storm.
 *
 * @param did what was done to the farm, and how often
 * @param standstill the longest time without a job's end
 * @param drained how long after the storm the last job ended
 * @param open jobs that nobody was given a ticket for and that wait for a janitor
 */
record Figures(
    Storm.Plan plan,
    Findings findings,
    Map<String, Integer> did,
    Duration standstill,
    Duration drained,
    int open) {

  /** For people, a few lines. */
  @Override
  public String toString() {
    return """
    jobs %d, refused %d; kills %d, freezes %d, stops %d, links disturbed %d, moods of the store %d
    runs again %d, lost %d, unexpected %d, doubled %d
    longest standstill %.1f s, drained after %.1f s, open without a ticket %d
    seed %d, logs in %s\
    """
        .formatted(
            findings.jobs(),
            count("refused"),
            count("kill"),
            count("freeze"),
            count("stop"),
            count("disturb"),
            count("moody"),
            findings.runsAgain(),
            findings.lost().size(),
            findings.unexpected().size(),
            findings.doubled().size(),
            standstill.toMillis() / 1e3,
            drained.toMillis() / 1e3,
            open,
            plan.seed(),
            plan.folder());
  }

  private int count(String what) {
    return did.getOrDefault(what, 0);
  }
}
