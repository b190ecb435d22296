package io.doos.gateway.http;

import io.doos.common.job.Pool;
import io.doos.gateway.FolderStore;
import io.doos.gateway.TestFarm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A gateway as a process of its own that ends with its standard input; tells its HTTP port. */
public final class SmallHttpGatewayMain {

  private SmallHttpGatewayMain() {}

  /** Takes the store's folder and the spools' folder. */
  public static void main(String[] folders) throws Exception {
    var minute = Duration.ofMinutes(1);
    var door = new DoorLimits(512L << 20, 10, List.of("templates/"), minute, minute, Pool.DEFAULT);
    var store = new FolderStore(Path.of(folders[0]));
    try (var farm = new TestFarm(store, Path.of(folders[1]), TestFarm.DEFAULT, door)) {
      System.out.println("port " + farm.httpPort());
      while (System.in.read() >= 0) {
        // only its end matters
      }
    }
  }
}
