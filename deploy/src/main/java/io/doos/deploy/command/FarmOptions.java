package io.doos.deploy.command;

import io.doos.common.config.BadSettingsException;
import io.doos.common.config.DoorSetting;
import io.doos.common.config.Settings;
import io.doos.common.config.TlsSetting;
import io.doos.deploy.client.DoosClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the farm is that a client's command talks to. */
final class FarmOptions {

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int USUAL_TLS_PORT = 8569;
  private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");
  private static final String THIS_MACHINE = "127.0.0.1";

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The farm's gateway; this machine if not given.")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Its port; the setting tcp.port, or tcp.tls-port, if not given.")
  private @Nullable Integer port;

  @Mixin private EntranceOptions entrance = new EntranceOptions();

  DoosClient client(DoosCommand doos) throws BadSettingsException, IOException {
    var settings = doos.settings();
    return new DoosClient(
        new DoosClient.Config(
            host == null ? local(settings) : host,
            port == null ? usualPort(settings) : port,
            CONNECT_TIMEOUT,
            PATIENCE,
            entrance.entrance(doos)));
  }

  private int usualPort(Settings settings) {
    return entrance.isTls()
        ? settings.get(TlsSetting.TCP_TLS_PORT).orElse(USUAL_TLS_PORT)
        : settings.get(DoorSetting.TCP_PORT);
  }

  /** Where the doors of a farm on this machine are. */
  static String local(Settings settings) {
    var bound = settings.get(DoorSetting.BIND_ADDRESS);
    return ANY_ADDRESS.contains(bound) ? THIS_MACHINE : bound;
  }

  /** The same options again, to follow another command: a blank before each, or nothing. */
  String again() {
    return (host == null ? "" : " --host " + host)
        + (port == null ? "" : " --port " + port)
        + entrance.again();
  }
}
