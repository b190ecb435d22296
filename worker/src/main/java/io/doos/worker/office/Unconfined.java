package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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
  public Owner owner(int slot) {
    return self.root() ? Owner.unnamed(firstUid + slot) : self;
  }

  @Override
  public View view(Cell cell) {
    return new View(
        cell.tmp().toString(),
        cell.home().toString(),
        cell.profile().toString(),
        cell.job().toString(),
        cell.etc().toString(),
        ground.templates().toString(),
        ground.fonts().toString());
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
    try (var pipes = Files.newDirectoryStream(pipeFolder(cell), "OSL_PIPE_*" + pipeName(cell))) {
      for (var pipe : pipes) {
        Files.deleteIfExists(pipe);
      }
    }
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
    // counted per user, so without a user of its own an office would count everybody's
    command.addAll(caps.command().stream().filter(this::applies).toList());
    command.addAll(program);
    return command;
  }

  private boolean applies(String option) {
    return self.root() || !option.startsWith("--nproc");
  }
}
