package io.doos.deploy.command;

import io.doos.common.config.BadSettingsException;
import io.doos.common.config.DoorSetting;
import io.doos.common.config.Settings;
import io.doos.common.config.TlsSetting;
import io.doos.deploy.client.JobApi;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the farm's HTTP door is that a client's command talks to. */
final class HttpOptions {

  private static final int USUAL_TLS_PORT = 8543;

  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description =
          "The port of its HTTP door; the setting http.port, or http.tls-port, if not given.")
  private @Nullable Integer port;

  @Mixin private EntranceOptions entrance = new EntranceOptions();

  JobApi client(DoosCommand doos) throws BadSettingsException, IOException {
    var settings = doos.settings();
    return new JobApi(
        gateway.host(settings),
        port == null ? usualPort(settings) : port,
        FarmOptions.CONNECT_TIMEOUT,
        FarmOptions.PATIENCE,
        entrance.entrance(doos));
  }

  private int usualPort(Settings settings) {
    return entrance.isTls()
        ? settings.get(TlsSetting.HTTP_TLS_PORT).orElse(USUAL_TLS_PORT)
        : settings.get(DoorSetting.HTTP_PORT);
  }
}
