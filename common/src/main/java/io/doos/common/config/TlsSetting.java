package io.doos.common.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The doors that speak TLS, beside those that do not. */
public final class TlsSetting {

  public static final Setting<Optional<Integer>> TCP_TLS_PORT =
      new Setting<>(
          "tcp.tls-port",
          Form.optional(Form.port()),
          "",
          "port of the doos protocol over TLS, such as 8569; without it, there is none");

  public static final Setting<Optional<Integer>> HTTP_TLS_PORT =
      new Setting<>(
          "http.tls-port",
          Form.optional(Form.port()),
          "",
          "port of the gateway's HTTP door over TLS, such as 8543; without it, there is none");

  public static final Setting<Optional<String>> TLS_BIND_ADDRESS =
      new Setting<>(
          "tls.bind-address",
          Form.optional(Form.host()),
          "",
          "the address that the TLS ports listen on; `bind.address` if empty, which may then stay this machine's own");

  public static final Setting<Optional<Path>> TLS_CERTIFICATE =
      new Setting<>(
          "tls.certificate",
          Form.optional(Form.path()),
          "",
          "PEM file with the gateway's certificate and its chain; read again when it changes");

  public static final Setting<Optional<Path>> TLS_KEY =
      new Setting<>(
          "tls.key",
          Form.optional(Form.path()),
          "",
          "PEM file with the certificate's key, PKCS #8 without a passphrase");

  public static final Setting<Optional<Path>> TLS_CLIENT_CA =
      new Setting<>(
          "tls.client-ca",
          Form.optional(Form.path()),
          "",
          "PEM file with who signs clients' certificates; `access.file` says whose they are");

  static final List<Setting<?>> ALL =
      List.of(
          TCP_TLS_PORT, HTTP_TLS_PORT, TLS_BIND_ADDRESS, TLS_CERTIFICATE, TLS_KEY, TLS_CLIENT_CA);

  private TlsSetting() {}
}
