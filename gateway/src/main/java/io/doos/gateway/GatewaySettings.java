package io.doos.gateway;

import io.doos.common.config.AccessSetting;
import io.doos.common.config.CliserSetting;
import io.doos.common.config.DoorSetting;
import io.doos.common.config.FarmSetting;
import io.doos.common.config.HttpSetting;
import io.doos.common.config.JobSetting;
import io.doos.common.config.ProcessSetting;
import io.doos.common.config.Secret;
import io.doos.common.config.Setting;
import io.doos.common.config.Settings;
import io.doos.common.config.TlsSetting;
import io.doos.common.config.WebhookSetting;
import io.doos.common.http.HttpServer;
import io.doos.common.janitor.Janitor;
import io.doos.common.job.Pool;
import io.doos.common.tls.Tls;
import io.doos.gateway.cliser.CliserDoor;
import io.doos.gateway.cliser.CliserLimits;
import io.doos.gateway.doos.Commands;
import io.doos.gateway.doos.DoosDoor;
import io.doos.gateway.doos.Limits;
import io.doos.gateway.http.DoorLimits;
import io.doos.gateway.http.HttpDoor;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.intake.SubmissionRules;
import io.doos.gateway.intake.TicketSource;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tcp.Entrances;
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
  public static GatewayConfig of(Settings settings) {
    return new GatewayConfig(
        SpoolSpace.Config.in(settings.get(FarmSetting.DATA_DIR).resolve("spool")),
        new Intake.Config(
            new SubmissionRules(settings.get(JobSetting.JOB_MAX_TIMEOUT)),
            new TicketSource.Range(
                settings.get(DoorSetting.TICKET_MIN), settings.get(DoorSetting.TICKET_MAX)),
            settings.get(JobSetting.JOB_NOT_AFTER)),
        doos(settings),
        cliser(settings),
        http(settings),
        settings
            .get(WebhookSetting.WEBHOOK_SECRET)
            .map(secret ->
                new Webhooks.Config(
                    secret.value(), settings.get(WebhookSetting.WEBHOOK_ALLOW_PRIVATE))),
        new Guards(
            settings.get(AccessSetting.TCP_ALLOW),
            settings.get(AccessSetting.HTTP_ALLOW),
            settings.get(CliserSetting.CLISER_ALLOW),
            settings.get(AccessSetting.ACCESS_FILE),
            tls(settings),
            settings.get(AccessSetting.TENANT_MAX_OPEN_JOBS)));
  }

  /** The farm's secret, which all its gateways have and nobody else: the key to its store. */
  public static byte[] secret(Settings settings) {
    return settings
        .get(FarmSetting.STORE_SECRET_KEY)
        .map(key -> key.value().getBytes(StandardCharsets.UTF_8))
        .orElseGet(() -> SecureRandom.getSeed(32));
  }

  /** How long its janitor lets a bundle lie that no open job has. */
  public static Janitor.Config janitor(Settings settings) {
    return new Janitor.Config(
        settings.get(JobSetting.JOB_NOT_AFTER).plus(settings.get(JobSetting.RETENTION)));
  }

  private static DoosDoor.Config doos(Settings settings) {
    return new DoosDoor.Config(
        new Entrances(
            "doos door",
            Optional.of(plain(settings, DoorSetting.TCP_PORT, settings.get(DoorSetting.TCP_PORT))),
            overTls(settings, TlsSetting.TCP_TLS_PORT),
            settings.get(DoorSetting.TCP_MAX_CONNECTIONS),
            settings.get(ProcessSetting.STOP_GRACE)),
        limits(settings),
        new Commands.Config(
            settings.get(DoorSetting.TCP_TERMINATE), settings.get(DoorSetting.TCP_STATUS_FILE)));
  }

  private static CliserDoor.Config cliser(Settings settings) {
    return new CliserDoor.Config(
        new Entrances(
            "CLISER door",
            settings
                .get(CliserSetting.CLISER_PORT)
                .map(port -> plain(settings, CliserSetting.CLISER_PORT, port)),
            overTls(settings, CliserSetting.CLISER_TLS_PORT),
            settings.get(CliserSetting.CLISER_MAX_SESSIONS),
            settings.get(ProcessSetting.STOP_GRACE)),
        new CliserLimits(
            settings.get(DoorSetting.TCP_MAX_FRAME).bytes(),
            settings.get(DoorSetting.TCP_MAX_FILES),
            CliserLimits.DEFAULT.rounds(),
            settings.get(DoorSetting.TCP_HEADER_TIMEOUT),
            settings.get(DoorSetting.TCP_IDLE_TIMEOUT),
            settings.get(CliserSetting.CLISER_SESSION_TIMEOUT)),
        new Pool(settings.get(CliserSetting.CLISER_POOL)));
  }

  private static GatewayConfig.Http http(Settings settings) {
    var plain = plain(settings, DoorSetting.HTTP_PORT, settings.get(DoorSetting.HTTP_PORT));
    return new GatewayConfig.Http(
        new HttpServer.Config(
            "HTTP door",
            plain.address(),
            plain.settings(),
            settings.get(DoorSetting.TCP_MAX_CONNECTIONS),
            HTTP_IDLE_TIMEOUT),
        overTls(settings, TlsSetting.HTTP_TLS_PORT),
        new HttpDoor.Config(
            door(settings),
            settings.get(FarmSetting.STORE_SECRET_KEY).map(Secret::value).orElse("")));
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

  private static Entrances.Place plain(Settings settings, Setting<?> name, int port) {
    return new Entrances.Place(
        new InetSocketAddress(settings.get(DoorSetting.BIND_ADDRESS), port),
        DoorSetting.BIND_ADDRESS.name() + ", " + name.name());
  }

  private static Optional<Entrances.Place> overTls(
      Settings settings, Setting<Optional<Integer>> port) {
    var host =
        settings.get(TlsSetting.TLS_BIND_ADDRESS).orElse(settings.get(DoorSetting.BIND_ADDRESS));
    return settings
        .get(port)
        .map(number ->
            new Entrances.Place(
                new InetSocketAddress(host, number),
                TlsSetting.TLS_BIND_ADDRESS.name() + ", " + port.name()));
  }

  private static Optional<Tls.Files> tls(Settings settings) {
    return settings
        .get(TlsSetting.TLS_CERTIFICATE)
        .map(certificate ->
            new Tls.Files(
                certificate,
                settings.get(TlsSetting.TLS_KEY).orElseThrow(),
                settings.get(TlsSetting.TLS_CLIENT_CA)));
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
