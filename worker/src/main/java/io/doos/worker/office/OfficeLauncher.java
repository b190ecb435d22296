package io.doos.worker.office;

import io.doos.worker.confine.ControlGroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts {@code soffice.bin} in a cell and connects to it. {@code soffice} itself, a shell script
 * and a splash screen, is not needed.
 */
final class OfficeLauncher {

  /** What it ends with after its very first start on a profile: it wants to be started again. */
  static final int WANTS_RESTART = 81;

  private static final Duration POLL = Duration.ofMillis(3);

  private final OfficeInstallation installation;
  private final WindowNames windowNames;
  private final Jail jail;
  private final ControlGroups groups;
  private final Spawner spawner;
  private final ShortPath shortPath;
  private final Duration timeout;

  OfficeLauncher(
      OfficeInstallation installation,
      WindowNames windowNames,
      Jail jail,
      ControlGroups groups,
      Spawner spawner,
      ShortPath shortPath,
      Duration timeout) {
    this.installation = installation;
    this.windowNames = windowNames;
    this.jail = jail;
    this.groups = groups;
    this.spawner = spawner;
    this.shortPath = shortPath;
    this.timeout = timeout;
  }

  Jail jail() {
    return jail;
  }

  OfficeInstallation installation() {
    return installation;
  }

  /**
   * Starts an office in {@code cell}, whose home and profile are filled; behind others where the
   * processor is short, until it is leased.
   *
   * @throws OfficeFailure.NotStarted when it ends or does not answer in time; no process is left
   */
  RunningOffice launch(Cell cell) throws OfficeFailure.NotStarted, InterruptedException {
    return launch(cell, List.of("--headless"), true);
  }

  /**
   * The same, but its dialogs open on an unseen screen instead of being answered at once: whoever
   * uses it reads them, and nobody closes them.
   */
  RunningOffice launchShowingDialogs(Cell cell)
      throws OfficeFailure.NotStarted, InterruptedException {
    return launch(cell, List.of(), false);
  }

  private RunningOffice launch(Cell cell, List<String> options, boolean behind)
      throws OfficeFailure.NotStarted, InterruptedException {
    var process = spawn(cell, options);
    var up = false;
    try {
      Leftovers.note(cell, process.pid());
      var office =
          new RunningOffice(
              installation, windowNames, jail, cell, process, attach(cell, process, behind));
      up = true;
      return office;
    } catch (IOException e) {
      throw new OfficeFailure.NotStarted(cell.name() + ": " + e.getMessage(), e);
    } finally {
      if (!up) {
        process.kill();
      }
    }
  }

  private OfficeProcess spawn(Cell cell, List<String> options)
      throws OfficeFailure.NotStarted, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                installation.binary().toString(),
                "-env:UserInstallation=" + UserInstallation.url(jail.view(cell).profile()),
                "--invisible",
                "--norestore",
                "--nologo",
                "--nodefault",
                "--nolockcheck",
                "--nofirststartwizard",
                "--accept=pipe,name=" + jail.pipeName(cell) + ";urp;StarOffice.ComponentContext"));
    command.addAll(options);
    try {
      return OfficeProcess.start(jail, cell, groups, spawner, command);
    } catch (IOException e) {
      throw new OfficeFailure.NotStarted(cell.name() + ": " + e.getMessage(), e);
    }
  }

  private UnoLink attach(Cell cell, OfficeProcess process, boolean behind)
      throws OfficeFailure.NotStarted, InterruptedException {
    var deadline = System.nanoTime() + timeout.toNanos();
    var refused = Optional.<IOException>empty();
    var settled = !behind;
    while (!process.awaitExit(POLL)) {
      settled = settled || process.cpuShare().lower(process.tree().pids());
      try {
        var socket = socket(cell);
        if (socket.isPresent()) {
          var link = UnoLink.attach(shortPath.to(socket.get()));
          if (behind) { // a step of the jail may have made a session after the first look
            var _ = process.cpuShare().lower(process.tree().pids());
          }
          return link;
        }
      } catch (IOException e) {
        refused = Optional.of(e); // it listens a moment after its socket can be seen
      }
      if (System.nanoTime() > deadline) {
        throw new OfficeFailure.NotStarted(
            "%s does not answer %d s after its start%s. It said: %s"
                .formatted(
                    cell.name(),
                    timeout.toSeconds(),
                    refused.map(e -> " (" + e.getMessage() + ")").orElse(""),
                    process.output()));
      }
    }
    throw new OfficeFailure.NotStarted(
        "%s ended with exit code %d when it was started. It said: %s"
            .formatted(cell.name(), process.exitCode(), process.output()),
        process.exitCode());
  }

  /** The pipe's name has the user's id in it if the office knows its user. */
  private Optional<Path> socket(Cell cell) throws IOException {
    try (var found =
        Files.newDirectoryStream(jail.pipeFolder(cell), "OSL_PIPE_*" + jail.pipeName(cell))) {
      for (var socket : found) {
        return Optional.of(socket);
      }
      return Optional.empty();
    }
  }
}
