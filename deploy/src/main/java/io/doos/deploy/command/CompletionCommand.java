package io.doos.deploy.command;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code doos completion}. */
@Command(
    name = "completion",
    description = {
      "Print a script that lets bash or zsh complete doos commands and options.",
      "Use it by: source <(doos completion)"
    })
final class CompletionCommand implements Runnable {

  private final DoosCommand doos;

  @Spec private @Nullable CommandSpec spec;

  CompletionCommand(DoosCommand doos) {
    this.doos = doos;
  }

  @Override
  public void run() {
    var root = Objects.requireNonNull(spec).root().commandLine();
    doos.shell().out().print(AutoComplete.bash("doos", root));
    doos.shell().out().flush();
  }
}
