package io.doos.gateway;

import io.doos.common.config.AccessSetting;
import io.doos.common.config.CliserSetting;
import io.doos.common.config.DoorSetting;
import io.doos.common.config.FarmSetting;
import io.doos.common.config.HttpSetting;
import io.doos.common.config.JobSetting;
import io.doos.common.config.ProcessSetting;
import io.doos.common.config.Secret;
import io.doos.common.config.Settings;
import io.doos.common.config.TlsSetting;
import io.doos.common.config.WebhookSetting;
import io.doos.common.http.HttpServer;
import io.doos.common.janitor.Janitor;
import io.doos.common.job.Pool;
import io.doos.common.tls.Tls;
import io.doos.gateway.cliser.CliserLimits;
import io.doos.gateway.cliser.CliserServer;
import io.doos.gateway.doos.Commands;
import io.doos.gateway.doos.DoosServer;
import io.doos.gateway.doos.Limits;
import io.doos.gateway.http.DoorLimits;
import io.doos.gateway.http.HttpDoor;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.intake.SubmissionRules;
import io.doos.gateway.intake.TicketSource;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.webhook.Webhooks;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the farm's settings mean for a gateway. */
public final class GatewaySettings {

  private static final Duration HTTP_IDLE_TIMEOUT = Duration.ofSeconds(60);

  private GatewaySettings() {}

  /** Fills each part's own configuration. */
  public static Gateway.Config of(Settings settings) {
    return new Gateway.Config(
        SpoolSpace.Config.in(settings.get(FarmSetting.DATA_DIR).resolve("spool")),
        new Intake.Config(
            new SubmissionRules(settings.get(JobSetting.JOB_MAX_TIMEOUT)),
            new TicketSource.Range(
                settings.get(DoorSetting.TICKET_MIN), settings.get(DoorSetting.TICKET_MAX)),
            settings.get(JobSetting.JOB_NOT_AFTER)),
        new Commands.Config(
            settings.get(DoorSetting.TCP_TERMINATE), settings.get(DoorSetting.TCP_STATUS_FILE)),
        new DoosServer.Config(
            new InetSocketAddress(
                settings.get(DoorSetting.BIND_ADDRESS), settings.get(DoorSetting.TCP_PORT)),
            settings.get(DoorSetting.TCP_MAX_CONNECTIONS),
            limits(settings),
            settings.get(ProcessSetting.STOP_GRACE)),
        new HttpServer.Config(
            "HTTP door",
            new InetSocketAddress(
                settings.get(DoorSetting.BIND_ADDRESS), settings.get(DoorSetting.HTTP_PORT)),
            "bind.address, http.port",
            settings.get(DoorSetting.TCP_MAX_CONNECTIONS),
            HTTP_IDLE_TIMEOUT),
        new HttpDoor.Config(
            door(settings),
            settings.get(FarmSetting.STORE_SECRET_KEY).map(Secret::value).orElse("")),
        settings
            .get(WebhookSetting.WEBHOOK_SECRET)
            .map(secret ->
                new Webhooks.Config(
                    secret.value(), settings.get(WebhookSetting.WEBHOOK_ALLOW_PRIVATE))),
        new Gateway.Doors(
            settings.get(AccessSetting.TCP_ALLOW),
            settings.get(AccessSetting.HTTP_ALLOW),
            settings.get(CliserSetting.CLISER_ALLOW),
            settings.get(AccessSetting.ACCESS_FILE),
            tls(settings),
            settings.get(AccessSetting.TENANT_MAX_OPEN_JOBS)),
        settings.get(CliserSetting.CLISER_PORT).map(port -> cliser(settings, port)));
  }

  private static Optional<Gateway.TlsDoors> tls(Settings settings) {
    if (settings.get(TlsSetting.TLS_CERTIFICATE).isEmpty()) {
      return Optional.empty();
    }
    var host =
        settings.get(TlsSetting.TLS_BIND_ADDRESS).orElse(settings.get(DoorSetting.BIND_ADDRESS));
    return Optional.of(
        new Gateway.TlsDoors(
            new Tls.Files(
                settings.get(TlsSetting.TLS_CERTIFICATE).get(),
                settings.get(TlsSetting.TLS_KEY).orElseThrow(),
                settings.get(TlsSetting.TLS_CLIENT_CA)),
            settings.get(TlsSetting.TCP_TLS_PORT).map(port -> new InetSocketAddress(host, port)),
            settings.get(TlsSetting.HTTP_TLS_PORT).map(port -> new InetSocketAddress(host, port))));
  }

  /** The farm's secret, which all its gateways have and nobody else: the key to its store. */
  public static byte[] secret(Settings settings) {
    return settings
        .get(FarmSetting.STORE_SECRET_KEY)
        .map(key -> key.value().getBytes(StandardCharsets.UTF_8))
        .orElseGet(() -> SecureRandom.getSeed(32));
  }

  private static DoorLimits door(Settings settings) {
    return new DoorLimits(
        settings.get(DoorSetting.TCP_MAX_FRAME).bytes(),
        settings.get(DoorSetting.TCP_MAX_FILES),
        List.of(settings.get(HttpSetting.HTTP_OBJECT_PREFIXES).split(",")),
        settings.get(HttpSetting.HTTP_MAX_WAIT),
        settings.get(HttpSetting.HTTP_CONVERSION_TIMEOUT),
        new Pool(settings.get(HttpSetting.HTTP_CONVERT_POOL)));
  }

  /** How long its janitor lets a bundle lie that no open job has. */
  public static Janitor.Config janitor(Settings settings) {
    return new Janitor.Config(
        settings.get(JobSetting.JOB_NOT_AFTER).plus(settings.get(JobSetting.RETENTION)));
  }

  private static CliserServer.Config cliser(Settings settings, int port) {
    return new CliserServer.Config(
        new InetSocketAddress(settings.get(DoorSetting.BIND_ADDRESS), port),
        settings.get(CliserSetting.CLISER_MAX_SESSIONS),
        new Pool(settings.get(CliserSetting.CLISER_POOL)),
        new CliserLimits(
            settings.get(DoorSetting.TCP_MAX_FRAME).bytes(),
            settings.get(DoorSetting.TCP_MAX_FILES),
            CliserLimits.DEFAULT.rounds(),
            settings.get(DoorSetting.TCP_HEADER_TIMEOUT),
            settings.get(DoorSetting.TCP_IDLE_TIMEOUT),
            settings.get(CliserSetting.CLISER_SESSION_TIMEOUT)),
        settings.get(ProcessSetting.STOP_GRACE));
  }

  private static Limits limits(Settings settings) {
    return new Limits(
        settings.get(DoorSetting.TCP_MAX_FRAME).bytes(),
        Limits.DEFAULT.argumentBytes(),
        Limits.DEFAULT.nameBytes(),
        settings.get(DoorSetting.TCP_MAX_FILES),
        settings.get(DoorSetting.TCP_HEADER_TIMEOUT),
        settings.get(DoorSetting.TCP_IDLE_TIMEOUT),
        Limits.DEFAULT.linger());
  }
}
