package io.doos.gateway;

import java.nio.file.Path;

/**
 * A gateway in a JVM of its own over a {@link FolderStore}: prints its port, serves until its
 * standard input ends, then exits with 0 if all went well.
 */
public final class SmallGatewayMain {

  private SmallGatewayMain() {}

  /** Takes the store's folder and the spools' folder. */
  public static void main(String[] folders) throws Exception {
    var store = new FolderStore(Path.of(folders[0]));
    try (var farm = new TestFarm(store, Path.of(folders[1]))) {
      System.out.println(farm.port());
      while (System.in.read() >= 0) {
        // only its end matters
      }
    }
  }
}
