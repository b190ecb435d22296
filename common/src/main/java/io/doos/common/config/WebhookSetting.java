package io.doos.common.config;

import java.util.List;
import java.util.Optional;

/** Telling clients of the ends of their jobs. */
public final class WebhookSetting {

  public static final Setting<Optional<Secret>> WEBHOOK_SECRET =
      new Setting<>(
          "webhook.secret",
          Form.optional(Form.secret()),
          "",
          "signs what webhooks are sent, the same on all gateways; without it there are none");

  public static final Setting<Boolean> WEBHOOK_ALLOW_PRIVATE =
      new Setting<>(
          "webhook.allow-private",
          Form.truth(),
          "false",
          "whether webhooks may go to loopback, private and other addresses that are not public");

  static final List<Setting<?>> ALL = List.of(WEBHOOK_SECRET, WEBHOOK_ALLOW_PRIVATE);

  private WebhookSetting() {}
}
