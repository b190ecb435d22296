package io.doos.worker.office;

import io.doos.worker.confine.ControlGroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts programs other than offices in the same kind of jail, each in a cell of its own. Such a
 * program listens at the socket that it is told, and is then talked to. Opened once per worker;
 * closing it ends every program that still runs. Safe for use by any thread.
 */
public final class JailedPrograms implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(JailedPrograms.class);

  /** Between the slots of pools and those of offices that show dialogs; each is a user id. */
  private static final int FIRST_SLOT = 420;

  /** How many slots there are. */
  public static final int SLOTS = 64;

  private static final Path SYSTEM = Path.of("/usr");
  private static final String SOCKET = "doos";
  private static final Duration POLL = Duration.ofMillis(3);

  private final Path folder;
  private final Duration startTimeout;
  private final FolderClaim claim;
  private final ControlGroups groups;
  private final Spawner spawner;
  private final ShortPath shortPath;
  private final Jail jail;

  private JailedPrograms(
      OfficeSettings settings,
      FolderClaim claim,
      ControlGroups groups,
      Spawner spawner,
      ShortPath shortPath,
      Jail jail) {
    this.folder = settings.folder();
    this.startTimeout = settings.startTimeout();
    this.claim = claim;
    this.groups = groups;
    this.spawner = spawner;
    this.shortPath = shortPath;
    this.jail = jail;
  }

  /** What the command line of a program depends on. */
  public interface CommandLine {
    /**
     * The program and its arguments.
     *
     * @param socket where it is to listen, as it sees it
     * @param jobFolder where its jobs are, as it sees it
     * @param fonts the mirrored fonts, as it sees them
     * @param inside where it sees what it may read beyond the system
     */
    List<String> of(String socket, String jobFolder, String fonts, UnaryOperator<Path> inside);
  }

  /**
   * Finds the jail, and sweeps what a killed worker left.
   *
   * @param settings of offices, with a folder of our own
   * @param readable what programs may read beyond the system, as it is outside; the last is the
   *     folder that they are installed in
   */
  public static JailedPrograms open(OfficeSettings settings, List<Path> readable)
      throws OfficeFailure, InterruptedException {
    var claim = new FolderClaim(settings.folder());
    var spawner = new Spawner();
    var shortPath = new ShortPath(settings.folder());
    var open = false;
    var purpose = Integer.toHexString(settings.folder().hashCode());
    var groups = ControlGroups.open(purpose, settings.caps().ofGroup());
    try {
      claim.take();
      Leftovers.sweep(settings.folder());
      Files.createDirectories(settings.templates());
      Files.createDirectories(settings.fonts());
      var ground =
          new Jail.Ground(
              SYSTEM,
              settings.templates(),
              settings.fonts(),
              settings.timezone(),
              Optional.empty(),
              readable,
              Optional.empty());
      var jail =
          new JailChoice(settings, ground, spawner, seen -> seen.inside(readable.getLast()))
              .choose();
      open = true;
      return new JailedPrograms(settings, claim, groups, spawner, shortPath, jail);
    } catch (IOException e) {
      throw new OfficeFailure.BadFolder(settings.folder(), e.toString(), e);
    } finally {
      if (!open) {
        shortPath.close();
        spawner.close();
        groups.close();
        claim.close();
      }
    }
  }

  /** What the program of this slot and generation is called. */
  public static String name(int slot, int generation) {
    return "program-" + slot + "." + generation;
  }

  /**
   * Starts a program and connects to it.
   *
   * @param slot from 0 to {@link #SLOTS} - 1; no two programs of a slot run at a time
   * @throws OfficeFailure when it does not come up; nothing of it is left then
   */
  public JailedProgram start(int slot, int generation, CommandLine command)
      throws OfficeFailure, InterruptedException {
    var root = folder.resolve(name(slot, generation));
    try {
      FolderTree.delete(root);
      var cell = Cell.make(root, jail.owner(FIRST_SLOT + slot));
      var up = false;
      try {
        FontsFile.write(jail, cell);
        var program = start(cell, command);
        up = true;
        return program;
      } finally {
        if (!up) {
          FolderTree.delete(root);
        }
      }
    } catch (IOException e) {
      throw new OfficeFailure.BadFolder(folder, e.toString(), e);
    }
  }

  private JailedProgram start(Cell cell, CommandLine command)
      throws OfficeFailure, IOException, InterruptedException {
    var view = jail.view(cell);
    var line =
        command.of(
            view.tmp() + "/" + SOCKET,
            view.job(),
            view.fonts(),
            path -> Path.of(jail.inside(path)));
    var process = OfficeProcess.start(jail, cell, groups, spawner, line);
    var up = false;
    try {
      Leftovers.note(cell, process.pid());
      var channel = attach(cell, process);
      up = true;
      return new JailedProgram(jail, cell, process, channel);
    } finally {
      if (!up) {
        process.kill();
        log.debug("{} was given up", cell.name());
      }
    }
  }

  private java.nio.channels.SocketChannel attach(Cell cell, OfficeProcess process)
      throws OfficeFailure.NotStarted, IOException, InterruptedException {
    var socket = shortPath.to(cell.tmp().resolve(SOCKET));
    var deadline = System.nanoTime() + startTimeout.toNanos();
    while (!process.awaitExit(POLL)) {
      if (Files.exists(socket)) {
        try {
          return java.nio.channels.SocketChannel.open(java.net.UnixDomainSocketAddress.of(socket));
        } catch (java.net.ConnectException e) {
          log.trace("{} does not listen yet", cell.name(), e);
        }
      }
      if (System.nanoTime() > deadline) {
        throw new OfficeFailure.NotStarted(
            "%s does not answer %d s after its start. It said: %s"
                .formatted(cell.name(), startTimeout.toSeconds(), process.output()));
      }
    }
    throw new OfficeFailure.NotStarted(
        "%s ended with exit code %d when it was started. It said: %s"
            .formatted(cell.name(), process.exitCode(), process.output()),
        process.exitCode());
  }

  @Override
  public void close() {
    shortPath.close();
    spawner.close();
    groups.close();
    claim.close();
  }
}
