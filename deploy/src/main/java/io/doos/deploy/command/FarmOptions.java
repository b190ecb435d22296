package io.doos.deploy.command;

import io.doos.common.config.BadSettingsException;
import io.doos.common.config.DoorSetting;
import io.doos.deploy.client.DoosClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the farm is that a client's command talks to. */
final class FarmOptions {

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  static final Duration PATIENCE = Duration.ofMinutes(2);

  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Its port; the setting tcp.port if not given.")
  private @Nullable Integer port;

  DoosClient client(DoosCommand doos) throws BadSettingsException {
    var settings = doos.settings();
    return new DoosClient(
        new DoosClient.Config(
            gateway.host(settings),
            port == null ? settings.get(DoorSetting.TCP_PORT) : port,
            CONNECT_TIMEOUT,
            PATIENCE));
  }

  /** The same options again, to follow another command: a blank before each, or nothing. */
  String again() {
    return gateway.again() + (port == null ? "" : " --port " + port);
  }
}
