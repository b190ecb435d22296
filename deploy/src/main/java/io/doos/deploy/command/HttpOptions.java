package io.doos.deploy.command;

import io.doos.common.config.BadSettingsException;
import io.doos.common.config.DoorSetting;
import io.doos.deploy.client.JobApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the farm's HTTP door is that a client's command talks to. */
final class HttpOptions {

  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "The port of its HTTP door; the setting http.port if not given.")
  private @Nullable Integer port;

  JobApi client(DoosCommand doos) throws BadSettingsException {
    var settings = doos.settings();
    return new JobApi(
        gateway.host(settings),
        port == null ? settings.get(DoorSetting.HTTP_PORT) : port,
        FarmOptions.CONNECT_TIMEOUT,
        FarmOptions.PATIENCE);
  }
}
