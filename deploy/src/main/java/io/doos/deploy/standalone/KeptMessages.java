package io.doos.deploy.standalone;

import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.Queue;

/**
 * The messages that an embedded broker finds on its disk when it starts. Qpid forgets which of them
 * it had delivered before, and a worker takes a message that was never delivered, for a job that is
 * claimed, for a duplicate: the job would hang.
 */
final class KeptMessages {

  private KeptMessages() {}

  /**
   * Marks all of them as redelivered: each may have been delivered before. To be called before
   * anybody consumes.
   */
  static void markRedelivered(Broker<?> broker) {
    for (var node : broker.getVirtualHostNodes()) {
      var host = node.getVirtualHost();
      if (host != null) {
        host.getChildren(Queue.class).forEach(KeptMessages::mark);
      }
    }
  }

  private static void mark(Queue<?> queue) {
    queue.visit(entry -> {
      entry.setRedelivered();
      return false; // go on
    });
  }
}
