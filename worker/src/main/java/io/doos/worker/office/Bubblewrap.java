package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A jail of namespaces by bubblewrap: an office sees its cell, the templates and fonts and the
 * read-only system, no network, no other process, no environment of ours.
 *
 * @param way how it gets to the office's own user
 * @param firstUid the user id of slot 0, one for each slot after it: the kernel counts processes
 *     per user. Used by root only
 * @param filter of system calls; empty where we know none for this processor
 */
record Bubblewrap(
    Way way, int firstUid, Caps caps, Jail.Ground ground, Owner self, Optional<FilterFile> filter)
    implements Jail {

  /** How to get to the office's own user. */
  enum Way {
    /** We are root: become the office's user first, and build the jail in its user namespace. */
    USER_THEN_JAIL("bubblewrap in a user namespace, as a user of its own per office"),
    /** We are root: build the jail as root, and become the office's user in it. */
    JAIL_THEN_USER("bubblewrap as root, with a user of its own per office inside"),
    /** We are nobody special: the jail is in a user namespace, and the office has our own user. */
    SAME_USER("bubblewrap in a user namespace, as the worker's own user");

    private final String description;

    Way(String description) {
      this.description = description;
    }

    String description() {
      return description;
    }
  }

  private static final String MORE = "/doos";

  private static final View VIEW =
      new View("/tmp", "/home", "/profile", "/job", "/etc/doos", "/templates", "/fonts");

  @Override
  public boolean confines() {
    return true;
  }

  @Override
  public String description() {
    return way.description;
  }

  @Override
  public List<Layer> layers() {
    return List.of(
        new Layer.Holds(
            Layer.Kind.FILES,
            "a root of its own: its cell, and read-only the system, templates and fonts"),
        new Layer.Holds(Layer.Kind.PROCESSES, "only its own, and all end with the first"),
        new Layer.Holds(Layer.Kind.NETWORK, "none"),
        filter
            .<Layer>map(it ->
                new Layer.Holds(
                    Layer.Kind.SYSTEM_CALLS, it.denied() + " denied by seccomp, new ones unknown"))
            .orElseGet(FilterFile::missing),
        new Layer.Holds(Layer.Kind.RIGHTS, "no capabilities, and none to gain"),
        new Layer.Holds(Layer.Kind.LIMITS, caps.description()),
        self.layer());
  }

  @Override
  public Optional<Path> filterToOpen() {
    return filter.map(FilterFile::path);
  }

  @Override
  public Owner owner(int slot) {
    return way == Way.SAME_USER ? self : Owner.unnamed(firstUid + slot);
  }

  @Override
  public View view(Cell cell) {
    return VIEW;
  }

  @Override
  public String inside(Path readable) {
    return readable.startsWith("/usr")
        ? readable.toString()
        : "%s/%d-%s".formatted(MORE, ground.readable().indexOf(readable), readable.getFileName());
  }

  @Override
  public String pipeName(Cell cell) {
    return "doos";
  }

  @Override
  public Path pipeFolder(Cell cell) {
    return cell.tmp();
  }

  /** Nothing can be left. */
  @Override
  public void afterwards(Cell cell) {}

  @Override
  public List<String> command(Cell cell, List<String> program) {
    var uid = String.valueOf(cell.owner().uid());
    var gid = String.valueOf(cell.owner().gid());
    var becomeUser =
        List.of(
            "setpriv",
            "--reuid=" + uid,
            "--regid=" + gid,
            "--clear-groups",
            "--no-new-privs",
            "--inh-caps=-all",
            "--bounding-set=-all");
    var command = new ArrayList<String>();
    command.add("setsid"); // a Ctrl-C for the worker is not one for its offices
    if (way == Way.USER_THEN_JAIL) {
      command.addAll(becomeUser);
    }
    command.addAll(namespaces());
    if (way != Way.JAIL_THEN_USER) {
      Collections.addAll(command, "--unshare-user", "--uid", uid, "--gid", gid);
    }
    command.addAll(files(cell));
    command.add("--clearenv");
    for (var variable : ground.environment(VIEW)) {
      var equals = variable.indexOf('=');
      Collections.addAll(
          command, "--setenv", variable.substring(0, equals), variable.substring(equals + 1));
    }
    if (filter.isPresent()) {
      Collections.addAll(command, "--seccomp", Entrance.FILTER);
    }
    Collections.addAll(command, "--cap-drop", "ALL");
    if (way == Way.JAIL_THEN_USER) {
      for (var capability : List.of("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")) {
        Collections.addAll(command, "--cap-add", capability);
      }
      command.addAll(becomeUser);
    }
    command.addAll(caps.command(true));
    command.addAll(program);
    return command;
  }

  private static List<String> namespaces() {
    return List.of(
        "bwrap",
        "--die-with-parent",
        "--new-session",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-ipc",
        "--unshare-uts",
        "--unshare-cgroup-try",
        "--hostname",
        "office");
  }

  private List<String> files(Cell cell) {
    var args = new ArrayList<String>();
    readOnly(args, "/usr", "/usr");
    for (var folder : List.of("/lib", "/lib64", "/lib32", "/bin", "/sbin")) {
      asTheSystemHasIt(args, folder);
    }
    if (!ground.installation().startsWith("/usr")) {
      readOnly(args, ground.installation().toString(), ground.installation().toString());
    }
    for (var folder : List.of("/etc", "/var", "/var/lib", "/var/cache")) {
      Collections.addAll(args, "--dir", folder); // else only readable for who builds the jail
    }
    for (var file : Jail.SYSTEM_FILES) {
      Collections.addAll(args, "--ro-bind-try", file, file);
    }
    if (!ground.readable().isEmpty()) {
      Collections.addAll(args, "--dir", MORE);
    }
    for (var path : ground.readable()) {
      if (!path.startsWith("/usr")) {
        readOnly(args, path.toString(), inside(path));
      }
    }
    readOnly(args, cell.etc().resolve("passwd").toString(), "/etc/passwd");
    readOnly(args, cell.etc().resolve("group").toString(), "/etc/group");
    readOnly(args, cell.etc().toString(), VIEW.etc());
    readOnly(args, ground.templates().toString(), VIEW.templates());
    readOnly(args, ground.fonts().toString(), VIEW.fonts());
    Collections.addAll(args, "--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev");
    writable(args, cell.tmp(), VIEW.tmp());
    writable(args, cell.home(), VIEW.home());
    writable(args, cell.profile(), VIEW.profile());
    writable(args, cell.job(), VIEW.job());
    ground.shared().ifPresent(folder -> shared(args, folder));
    Collections.addAll(args, "--remount-ro", "/", "--chdir", VIEW.job());
    return args;
  }

  private static void shared(List<String> args, Path folder) {
    for (var depth = 1; depth < folder.getNameCount(); depth++) {
      Collections.addAll(args, "--dir", "/" + folder.subpath(0, depth));
    }
    writable(args, folder, folder.toString());
  }

  private static void asTheSystemHasIt(List<String> args, String folder) {
    var path = Path.of(folder);
    if (Files.isSymbolicLink(path)) {
      try {
        Collections.addAll(args, "--symlink", Files.readSymbolicLink(path).toString(), folder);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    } else if (Files.isDirectory(path)) {
      readOnly(args, folder, folder);
    }
  }

  private static void readOnly(List<String> args, String outside, String inside) {
    Collections.addAll(args, "--ro-bind", outside, inside);
  }

  private static void writable(List<String> args, Path outside, String inside) {
    Collections.addAll(args, "--bind", outside.toString(), inside);
  }
}
