package io.doos.worker.office;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Has a shell look around in a jail, as a macro would.
 *
 * @param program what must be found in a jail, as it is seen there
 */
record JailProbe(Path folder, Jail.Ground ground, Spawner spawner, Function<Jail, String> program) {

  private static final long ANSWERS_WITHIN_SECONDS = 10;

  private static final String HOLDS = "confined";

  /** What is wrong with {@code jail}; empty when it holds. */
  String complaint(Jail jail) throws IOException, InterruptedException {
    var root = folder.resolve("probe");
    FolderTree.delete(root);
    var cell = Cell.make(root, jail.owner(0));
    try {
      Files.writeString(root.resolve("canary"), "");
      var program = List.of("/bin/sh", "-c", script(jail, cell));
      return run(Entrance.command(List.of(), jail.filterToOpen(), jail.command(cell, program)));
    } finally {
      FolderTree.delete(root);
    }
  }

  /** Says what is wrong, line by line, and last that it came to its end. */
  private String script(Jail jail, Cell cell) {
    var view = jail.view(cell);
    var usable =
        "test -x '%s' && test -w '%s' && test -w '%s' && test -r '%s' || exit 1\n"
            .formatted(program.apply(jail), view.tmp(), view.job(), view.templates());
    return usable
        + switch (jail) {
          case Bubblewrap bubblewrap ->
              """
              test -e '%s' && echo the folder for offices is seen
              while read -r name value; do
                case $name$value in Seccomp:2) filter=yes ;; NoNewPrivs:1) rights=no ;; esac
              done < /proc/self/status
              test "$filter" = '%s' || echo the filter of system calls is not in force
              test "$rights" = no || echo rights can be gained
              echo confined
              """
                  .formatted(cell.root(), bubblewrap.filter().isPresent() ? "yes" : "");
          case Landlocked _ ->
              """
              exec 2> /dev/null
              true > '%1$s/probe' || echo its job folder cannot be written
              true < '%2$s/canary' && echo files of others can be read
              true > '%2$s/new' && echo files of others can be written
              true < /proc/self/status && echo processes can be seen
              echo confined
              (true) && echo processes can be started
              """
                  .formatted(view.job(), cell.root());
          case Unconfined _ -> "echo confined\n";
        };
  }

  private String run(List<String> command) throws InterruptedException {
    try {
      var process = spawner.start(command);
      if (!process.waitFor(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "no answer within " + ANSWERS_WITHIN_SECONDS + " s";
      }
      var output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
      if (output.equals(HOLDS)) {
        return "";
      }
      return output.isEmpty() ? "exit code " + process.exitValue() : output.replace('\n', ' ');
    } catch (IOException e) {
      return e.toString();
    }
  }
}
