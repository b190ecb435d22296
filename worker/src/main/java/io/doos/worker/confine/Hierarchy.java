package io.doos.worker.confine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mounted hierarchy of control groups, and the group in it that we are in. Version 2 has one for
 * all controllers; version 1 has several, and both may be mounted side by side.
 *
 * @param unified whether it is of version 2
 * @param own the folder of our own group
 * @param controllers those that it counts and limits with; of version 2 those that may be had
 * @param freezer whether it can stop all processes of a group at once (version 1)
 */
record Hierarchy(boolean unified, Path own, Set<Controller> controllers, boolean freezer) {

  Hierarchy {
    controllers = Set.copyOf(controllers);
  }

  /**
   * What is mounted.
   *
   * @param groups the text of {@code /proc/self/cgroup}
   * @param mounts the text of {@code /proc/self/mountinfo}
   * @param root where those paths begin; {@code /} but in tests
   */
  static List<Hierarchy> parse(String groups, String mounts, Path root) throws java.io.IOException {
    var ownPaths = new HashMap<String, String>(); // by the names of controllers
    for (var line : groups.lines().toList()) {
      var parts = line.split(":", 3);
      ownPaths.put(parts[1], parts[2]);
    }
    var found = new ArrayList<Hierarchy>();
    for (var line : mounts.lines().toList()) {
      var sides = line.split(" - ", 2);
      var left = sides[0].split(" ", -1);
      var right = sides[1].split(" ", -1);
      var type = right[0];
      if (!type.equals("cgroup") && !type.equals("cgroup2")) {
        continue;
      }
      var names = Arrays.asList(right[2].split(",", -1));
      var path =
          type.equals("cgroup2")
              ? Optional.ofNullable(ownPaths.get(""))
              : ownPaths.entrySet().stream()
                  .filter(entry -> !entry.getKey().isEmpty())
                  .filter(entry -> names.containsAll(Arrays.asList(entry.getKey().split(",", -1))))
                  .map(java.util.Map.Entry::getValue)
                  .findFirst();
      var own = path.flatMap(inside -> own(left[3], left[4], inside, root));
      if (own.isPresent()) {
        found.add(hierarchy(type.equals("cgroup2"), own.get(), names));
      }
    }
    return found;
  }

  /** Empty where our own group lies outside of what is mounted. */
  private static Optional<Path> own(String mountRoot, String mountPoint, String path, Path root) {
    if (path.contains("/..") || mountRoot.contains("/..")) {
      return Optional.empty();
    }
    var within = Path.of(mountRoot);
    var absolute = Path.of(path);
    if (!absolute.startsWith(within)) {
      return Optional.empty();
    }
    var mounted = Path.of("/").relativize(Path.of(mountPoint.replace("\\040", " ")));
    return Optional.of(root.resolve(mounted).resolve(within.relativize(absolute)).normalize());
  }

  private static Hierarchy hierarchy(boolean unified, Path own, List<String> names)
      throws java.io.IOException {
    var controllers = EnumSet.noneOf(Controller.class);
    var available =
        unified
            ? Arrays.asList(
                Files.readString(own.resolve("cgroup.controllers")).strip().split(" ", -1))
            : names;
    available.forEach(name -> Controller.named(name).ifPresent(controllers::add));
    return new Hierarchy(unified, own, controllers, !unified && names.contains("freezer"));
  }
}
