package io.doos.common.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the farm is made of: broker, store, folders. */
public final class FarmSetting {

  public static final Setting<URI> BROKER_URL =
      new Setting<>(
          "broker.url",
          Form.uri("amqp", "amqps"),
          "amqp://guest:guest@127.0.0.1:5672",
          "RabbitMQ, with user and password, and the virtual host as path");

  public static final Setting<URI> STORE_URL =
      new Setting<>(
          "store.url", Form.uri("http", "https"), "http://127.0.0.1:9000", "S3-compatible store");

  public static final Setting<String> STORE_BUCKET =
      new Setting<>(
          "store.bucket",
          Form.text(
              "name",
              "a bucket's name: 3 to 63 small letters, digits, '.' or '-'",
              Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")),
          "doos",
          "bucket for all that the farm keeps");

  public static final Setting<Optional<Secret>> STORE_ACCESS_KEY =
      new Setting<>(
          "store.access-key",
          Form.optional(Form.secret()),
          "",
          "access key of the store; standalone makes its own");

  public static final Setting<Optional<Secret>> STORE_SECRET_KEY =
      new Setting<>(
          "store.secret-key",
          Form.optional(Form.secret()),
          "",
          "secret key of the store; standalone makes its own");

  public static final Setting<String> STORE_REGION =
      new Setting<>(
          "store.region", Form.plainName(), "us-east-1", "region that requests are signed for");

  public static final Setting<Path> DATA_DIR =
      new Setting<>(
          "data.dir",
          Form.path(),
          "data",
          "folder for offices, spools and what standalone's broker and store keep");

  public static final Setting<Integer> EMBEDDED_BROKER_PORT =
      new Setting<>(
          "embedded.broker-port", Form.port(), "5672", "AMQP port of standalone's own broker");

  public static final Setting<Integer> EMBEDDED_STORE_PORT =
      new Setting<>(
          "embedded.store-port", Form.port(), "9000", "S3 port of standalone's own store");

  static final List<Setting<?>> ALL =
      List.of(
          BROKER_URL,
          STORE_URL,
          STORE_BUCKET,
          STORE_ACCESS_KEY,
          STORE_SECRET_KEY,
          STORE_REGION,
          DATA_DIR,
          EMBEDDED_BROKER_PORT,
          EMBEDDED_STORE_PORT);

  private FarmSetting() {}
}
