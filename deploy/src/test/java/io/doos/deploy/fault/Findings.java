package io.doos.deploy.fault;

import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link Judge} found.
 *
 * @param jobs how many tickets were given
 * @param lost tickets that came to no end
 * @param unexpected tickets that came to an end that nothing explains, or to somebody else's result
 * @param doubled tickets whose visible end changed, and how
 * @param runsAgain attempts beyond each job's first
 */
public record Findings(
    int jobs, List<String> lost, List<String> unexpected, List<String> doubled, long runsAgain) {

  public Findings {
    lost = List.copyOf(lost);
    unexpected = List.copyOf(unexpected);
    doubled = List.copyOf(doubled);
  }

  /** What is wrong, a line each; empty when every promise was kept. */
  public List<String> faults() {
    var all = new ArrayList<String>();
    lost.forEach(each -> all.add("lost: " + each));
    unexpected.forEach(each -> all.add("unexpected: " + each));
    doubled.forEach(each -> all.add("doubled: " + each));
    return all;
  }
}
