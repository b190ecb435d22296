package io.doos.deploy.standalone;

import java.nio.file.Path;

/** What tests run in a JVM of its own: an embedded broker that tells its URL and ends with its input. */
final class BrokerInChildJvm {

  private BrokerInChildJvm() {}

  public static void main(String[] arguments) throws Exception {
    var config =
        new EmbeddedBroker.Config(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
    try (var broker = new EmbeddedBroker(config)) {
      broker.start();
      System.out.println(broker.url());
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }
}
