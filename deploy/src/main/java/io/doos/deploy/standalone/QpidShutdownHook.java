package io.doos.deploy.standalone;

import org.apache.qpid.server.model.Broker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Qpid stops itself in a shutdown hook of its own. In our process that would be at SIGTERM, before
 * the workers have finished and acked what they run, so the hook is taken away: whoever started the
 * broker closes it, last. Qpid 10.1 offers no other way than the private field.
 */
final class QpidShutdownHook {

  private static final Logger log = LoggerFactory.getLogger(QpidShutdownHook.class);
  private static final String FIELD = "_shutdownHook";

  private QpidShutdownHook() {}

  static void remove(Broker<?> broker) {
    for (Class<?> type = broker.getClass(); type != null; type = type.getSuperclass()) {
      try {
        var field = type.getDeclaredField(FIELD);
        field.setAccessible(true);
        if (field.get(broker) instanceof Thread hook) {
          Runtime.getRuntime().removeShutdownHook(hook);
          return;
        }
      } catch (NoSuchFieldException e) {
        log.trace("{} is not in {}", FIELD, type);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
    log.warn("The embedded broker will stop by itself at SIGTERM: Qpid's shutdown hook is gone");
  }
}
