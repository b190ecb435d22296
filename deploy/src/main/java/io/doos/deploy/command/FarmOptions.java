package io.doos.deploy.command;

import io.doos.common.config.BadSettingsException;
import io.doos.common.config.DoorSetting;
import io.doos.common.config.Settings;
import io.doos.common.config.TlsSetting;
import io.doos.deploy.client.DoosClient;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the farm is that a client's command talks to. */
final class FarmOptions {

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int USUAL_TLS_PORT = 8569;

  @Mixin private GatewayOption gateway = new GatewayOption();

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
            gateway.host(settings),
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

  /** The same options again, to follow another command: a blank before each, or nothing. */
  String again() {
    return gateway.again() + (port == null ? "" : " --port " + port) + entrance.again();
  }
}
