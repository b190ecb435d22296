package io.doos.deploy.command;

import io.doos.common.tls.Trust;
import io.doos.deploy.client.Entrance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a client's command comes in at a farm's door. */
final class EntranceOptions {

  @Mixin private TokenOption token = new TokenOption();

  @Option(names = "--tls", description = "Speak TLS, to the port that the farm has for it.")
  private boolean tls;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Speak TLS, and believe the authority in this PEM file alone.")
  private @Nullable Path authority;

  boolean isTls() {
    return tls || authority != null;
  }

  Entrance entrance(DoosCommand doos) throws IOException {
    var file = Optional.ofNullable(authority).map(doos.shell().folder()::resolve);
    return new Entrance(
        token.shown(doos), isTls() ? Optional.of(Trust.in(file)) : Optional.<SSLContext>empty());
  }

  /** The same options again, but for the token; a blank before each, or nothing. */
  String again() {
    return authority != null ? " --ca " + authority : tls ? " --tls" : "";
  }
}
