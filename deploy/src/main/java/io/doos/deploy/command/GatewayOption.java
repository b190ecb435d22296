package io.doos.deploy.command;

import io.doos.common.config.DoorSetting;
import io.doos.common.config.Settings;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The machine whose doors a client's command talks to. */
final class GatewayOption {

  private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");
  private static final String THIS_MACHINE = "127.0.0.1";

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The farm's gateway; this machine if not given.")
  private @Nullable String host;

  /** As it was given, or where the doors of a farm on this machine are. */
  String host(Settings settings) {
    return host == null ? local(settings) : host;
  }

  /** Where the doors of a farm on this machine are. */
  private static String local(Settings settings) {
    var bound = settings.get(DoorSetting.BIND_ADDRESS);
    return ANY_ADDRESS.contains(bound) ? THIS_MACHINE : bound;
  }

  /** The same option again, to follow another command: a blank before it, or nothing. */
  String again() {
    return host == null ? "" : " --host " + host;
  }
}
