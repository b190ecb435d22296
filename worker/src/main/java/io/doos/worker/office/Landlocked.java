package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A jail without namespaces, for containers that refuse them: Landlock says which files an office
 * can open, and the stricter filter of system calls lets it start no process, signal nobody, call
 * nobody and change no file by its name. So {@code Shell} starts nothing here. What remains: it can
 * ask for the size and times of any file whose name it knows. Needs {@code setpriv} of util-linux
 * 2.41, and Linux 6.2.
 *
 * @param filter the file with the filter, readable for offices
 */
record Landlocked(int firstUid, Caps caps, Jail.Ground ground, Owner self, FilterFile filter)
    implements Jail {

  private static final String READ = "read-file,read-dir";

  private static final String WRITE =
      READ
          + ",write-file,truncate,remove-dir,remove-file,make-dir,make-reg,make-sock,make-fifo,"
          + "make-sym,refer";

  private static final List<String> DEVICES =
      List.of("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom");

  @Override
  public boolean confines() {
    return true;
  }

  @Override
  public String description() {
    return "Landlock and a filter of system calls, without namespaces";
  }

  @Override
  public List<Layer> layers() {
    return List.of(
        new Layer.Holds(
            Layer.Kind.FILES,
            "by Landlock: its cell, and read-only the system, templates and fonts; size and times"
                + " of other files can be asked for"),
        new Layer.Holds(Layer.Kind.PROCESSES, "by the filter: it can start none and signal none"),
        new Layer.Holds(Layer.Kind.NETWORK, "by the filter: none, and no unix socket of others"),
        new Layer.Holds(
            Layer.Kind.SYSTEM_CALLS, filter.denied() + " denied by seccomp, new ones unknown"),
        new Layer.Holds(Layer.Kind.RIGHTS, "no capabilities, and none to gain"),
        new Layer.Holds(Layer.Kind.LIMITS, caps.description()),
        self.layer());
  }

  @Override
  public Owner owner(int slot) {
    return self.root() ? Owner.unnamed(firstUid + slot) : self;
  }

  @Override
  public View view(Cell cell) {
    return View.asItIs(cell, ground);
  }

  /** Not to be guessed: nobody else may list what is in {@link #pipeFolder}. */
  @Override
  public String inside(Path readable) {
    return readable.toString();
  }

  @Override
  public String pipeName(Cell cell) {
    return cell.secretName();
  }

  /** LibreOffice has this path compiled in. */
  @Override
  public Path pipeFolder(Cell cell) {
    return Path.of("/tmp");
  }

  @Override
  public void afterwards(Cell cell) throws IOException {
    new OfficePipes(pipeFolder(cell), pipeName(cell), view(cell).profile()).delete();
  }

  @Override
  public Optional<Path> filterToOpen() {
    return Optional.empty(); // setpriv opens it by its name
  }

  @Override
  public List<String> command(Cell cell, List<String> program) {
    var command = new ArrayList<>(List.of("setsid", "setpriv"));
    if (cell.owner().foreign()) {
      Collections.addAll(
          command,
          "--reuid=" + cell.owner().uid(),
          "--regid=" + cell.owner().gid(),
          "--clear-groups",
          "--bounding-set=-all");
    }
    Collections.addAll(command, "--inh-caps=-all", "--no-new-privs", "--pdeathsig", "KILL");
    Collections.addAll(command, "--landlock-access", "fs");
    rule(command, "execute," + READ, Path.of("/usr"));
    rule(command, "execute," + READ, ground.installation());
    for (var path : ground.readable()) {
      rule(command, "execute," + READ, path);
    }
    for (var folder : List.of("/lib", "/lib64", "/lib32", "/bin", "/sbin")) {
      rule(command, "execute," + READ, Path.of(folder));
    }
    for (var path : Jail.SYSTEM_FILES) {
      rule(command, READ, Path.of(path));
    }
    for (var folder : List.of(cell.etc(), ground.templates(), ground.fonts())) {
      rule(command, READ, folder);
    }
    for (var folder : List.of(cell.tmp(), cell.home(), cell.profile(), cell.job())) {
      rule(command, WRITE, folder);
    }
    rule(command, "make-sock,remove-file", pipeFolder(cell));
    for (var device : DEVICES) {
      rule(command, "read-file,write-file", Path.of(device));
    }
    Collections.addAll(command, "--seccomp-filter", filter.path().toString());
    Collections.addAll(command, "env", "-i", "-C", cell.job().toString());
    command.addAll(ground.environment(view(cell)));
    command.addAll(caps.command(self.root()));
    command.addAll(program);
    return command;
  }

  private static void rule(List<String> command, String access, Path path) {
    if (Files.exists(path)) {
      var rights = Files.isDirectory(path) ? access : access.replace(",read-dir", "");
      Collections.addAll(command, "--landlock-rule", "path-beneath:" + rights + ":" + path);
    }
  }
}
