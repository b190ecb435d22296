package io.doos.deploy.standalone;

import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.server.plugin.ConnectionPropertyEnricher;
import org.apache.qpid.server.transport.AMQPConnection;

/**
 * Tells clients at their greeting that the broker confirms publishes. Qpid Broker-J does, but does
 * not say so, and clients such as pika ask for no confirms where none are announced. Found by
 * Qpid's service loader.
 */
public final class AnnouncedConfirms implements ConnectionPropertyEnricher {

  /** By what name a port's configuration asks for it. */
  static final String TYPE = "DOOS_CONFIRMS";

  /** RabbitMQ's words, as far as they hold here. */
  private static final Map<String, Object> CAPABILITIES =
      Map.of("publisher_confirms", true, "basic.nack", true, "per_consumer_qos", true);

  @Override
  public Map<String, Object> addConnectionProperties(
      AMQPConnection<?> connection, Map<String, Object> properties) {
    var more = new HashMap<>(properties);
    more.put("capabilities", CAPABILITIES);
    return more;
  }

  @Override
  public String getType() {
    return TYPE;
  }
}
