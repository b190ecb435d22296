package io.doos.deploy.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The token that a client's command shows, whatever door it goes to. */
final class TokenOption {

  static final String VARIABLE = "DOOS_TOKEN";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "The token that the farm knows you by; better in the variable DOOS_TOKEN, where other"
              + " users of this machine do not see it.")
  private @Nullable String token;

  Optional<String> shown(DoosCommand doos) {
    return Optional.ofNullable(token)
        .or(() ->
            Optional.ofNullable(doos.shell().environment().get(VARIABLE))
                .filter(text -> !text.isEmpty()));
  }
}
