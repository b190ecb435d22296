package io.doos.deploy.fault;

import io.doos.deploy.standalone.EmbeddedStore;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The embedded store as a process of its own: arguments are its port and its folder. */
final class StoreMain {

  private StoreMain() {}

  public static void main(String[] arguments) throws Exception {
    var config =
        new EmbeddedStore.Config(Integer.parseInt(arguments[0]), Path.of(arguments[1]), "doos");
    try (var store = new EmbeddedStore(config)) {
      store.start();
      System.out.println("The store is ready");
      new CountDownLatch(1).await();
    }
  }
}
