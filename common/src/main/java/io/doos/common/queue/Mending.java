package io.doos.common.queue;

import java.util.regex.Pattern;

/**
 * The commands that mend what doos cannot work with at a RabbitMQ, ready to be pasted into a shell
 * of the broker's machine. They hold no password.
 */
record Mending(String virtualHost, String user) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/@-]+");

  /** Server-named queues are what waiting gateways and workers read events and hints from. */
  private static final String OURS = "^(doos\\..*|amq\\.gen.*)$";

  /** Jobs and replies go to the default exchange, which is called so in permissions. */
  private static final String OURS_AND_DEFAULT = "^(doos\\..*|amq\\.gen.*|amq\\.default)$";

  static Mending at(BrokerUrl url) {
    return new Mending(url.virtualHost(), url.user());
  }

  String deleteQueue(String queue) {
    return "rabbitmqctl" + inVirtualHost() + " delete_queue " + quoted(queue);
  }

  /** rabbitmqctl has no word for it, and rabbitmqadmin, which has, needs a plugin. */
  String deleteExchange(String exchange) {
    return "rabbitmqctl eval "
        + quoted(
            "rabbit_exchange:delete(rabbit_misc:r(<<\"%s\">>, exchange, <<\"%s\">>), false, <<\"doos\">>)."
                .formatted(virtualHost, exchange));
  }

  String addVirtualHost() {
    return "rabbitmqctl add_vhost " + quoted(virtualHost);
  }

  /** Gives exactly the rights that doos needs. */
  String setPermissions() {
    return "rabbitmqctl set_permissions%s %s '%s' '%s' '%s'"
        .formatted(inVirtualHost(), quoted(user), OURS, OURS_AND_DEFAULT, OURS);
  }

  String changePassword() {
    return "rabbitmqctl change_password " + quoted(user);
  }

  private String inVirtualHost() {
    return virtualHost.equals("/") ? "" : " -p " + quoted(virtualHost);
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
