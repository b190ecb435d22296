package io.doos.worker.office;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a process does before its jail closes, as the user that we are: it joins its control groups,
 * and opens the file with the filter of system calls, for Java hands no descriptor on.
 */
final class Entrance {

  /** Where the jail finds the filter open; any that nobody else uses. */
  static final String FILTER = "9";

  private static final String JOIN =
      "while [ \"$1\" != -- ]; do echo 0 > \"$1\" || exit 125; shift; done; shift; ";

  /** Shells put where they were started into the environment. */
  private static final String GO_ON = "exec env -i \"$@\"";

  private static final String WITH_FILTER = " 9< \"$0\"";

  private Entrance() {}

  /**
   * The command that goes on with {@code command} inside.
   *
   * @param groups the files of control groups that take a process in
   */
  static List<String> command(List<Path> groups, Optional<Path> filter, List<String> command) {
    var script = JOIN + GO_ON + (filter.isPresent() ? WITH_FILTER : "");
    var all = new ArrayList<>(List.of("sh", "-c", script));
    all.add(filter.map(Path::toString).orElse("doos"));
    groups.forEach(group -> all.add(group.toString()));
    all.add("--");
    all.addAll(command);
    return all;
  }
}
