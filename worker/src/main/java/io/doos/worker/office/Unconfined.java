package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * No jail: a process group of its own and the caps, and under root a user of its own per slot. A
 * macro can read what that user can, and reach the network. Only with {@link JailMode#PREFERRED}.
 */
record Unconfined(int firstUid, Caps caps, Jail.Ground ground, Owner self) implements Jail {

  @Override
  public boolean confines() {
    return false;
  }

  @Override
  public String description() {
    return "no jail: a process group of its own, with limits";
  }

  @Override
  public List<Layer> layers() {
    var none = new ArrayList<Layer>();
    for (var kind :
        List.of(
            Layer.Kind.FILES, Layer.Kind.PROCESSES, Layer.Kind.NETWORK, Layer.Kind.SYSTEM_CALLS)) {
      none.add(new Layer.Missing(kind, "an office sees what its user sees", ""));
    }
    none.add(new Layer.Holds(Layer.Kind.RIGHTS, "no rights to gain"));
    none.add(new Layer.Holds(Layer.Kind.LIMITS, caps.description()));
    none.add(self.layer());
    return none;
  }

  @Override
  public Optional<Path> filterToOpen() {
    return Optional.empty();
  }

  @Override
  public Owner owner(int slot) {
    return self.root() ? Owner.unnamed(firstUid + slot) : self;
  }

  @Override
  public View view(Cell cell) {
    return View.asItIs(cell, ground);
  }

  @Override
  public String inside(Path readable) {
    return readable.toString();
  }

  @Override
  public String pipeName(Cell cell) {
    return "doos" + Integer.toHexString(cell.root().hashCode());
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
  public List<String> command(Cell cell, List<String> program) {
    var command = new ArrayList<>(List.of("setsid", "setpriv", "--no-new-privs"));
    if (cell.owner().foreign()) {
      Collections.addAll(
          command,
          "--reuid=" + cell.owner().uid(),
          "--regid=" + cell.owner().gid(),
          "--clear-groups");
    }
    Collections.addAll(command, "--pdeathsig", "KILL", "env", "-i", "-C", cell.job().toString());
    command.addAll(ground.environment(view(cell)));
    command.addAll(caps.command(self.root()));
    command.addAll(program);
    return command;
  }
}
