package io.doos.deploy.command;

import io.doos.common.config.BadSettingsException;
import io.doos.common.config.DoorSetting;
import io.doos.deploy.client.JobApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the farm's HTTP door is that a client's command talks to. */
final class HttpOptions {

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The farm's gateway; this machine if not given.")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Its HTTP port; the setting http.port if not given.")
  private @Nullable Integer port;

  JobApi client(DoosCommand doos) throws BadSettingsException {
    var settings = doos.settings();
    return new JobApi(
        host == null ? FarmOptions.local(settings) : host,
        port == null ? settings.get(DoorSetting.HTTP_PORT) : port,
        FarmOptions.CONNECT_TIMEOUT,
        FarmOptions.PATIENCE);
  }
}
