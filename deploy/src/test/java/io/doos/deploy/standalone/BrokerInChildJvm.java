package io.doos.deploy.standalone;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * What tests run in a JVM of its own: an embedded broker that tells its URL and is closed at the
 * end of its input; at SIGTERM it says so and goes on, as a farm does that finishes its jobs.
 */
final class BrokerInChildJvm {

  private BrokerInChildJvm() {}

  public static void main(String[] arguments) throws Exception {
    var config = new EmbeddedBroker.Config(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
    var closed = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> tellAndWait(closed)));
    try (var broker = new EmbeddedBroker(config)) {
      broker.start();
      System.out.println(broker.url());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
    System.out.println("stopped");
    closed.countDown();
  }

  private static void tellAndWait(CountDownLatch closed) {
    System.out.println("told to stop");
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
