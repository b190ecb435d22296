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

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The farm's gateway; this machine if not given.")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Its HTTP port; the setting http.port, or http.tls-port, if not given.")
  private @Nullable Integer port;

  @Mixin private EntranceOptions entrance = new EntranceOptions();

  JobApi client(DoosCommand doos) throws BadSettingsException, IOException {
    var settings = doos.settings();
    return new JobApi(
        host == null ? FarmOptions.local(settings) : host,
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
