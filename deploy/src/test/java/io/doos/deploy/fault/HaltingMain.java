package io.doos.deploy.fault;

import io.doos.common.config.Settings;
import io.doos.common.farm.FarmLinks;
import io.doos.common.life.Lifetime;
import io.doos.common.life.Service;
import io.doos.deploy.Logging;
import io.doos.gateway.Farm;
import io.doos.gateway.Gateway;
import io.doos.gateway.GatewaySettings;
import io.doos.worker.Worker;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A gateway or a worker made of the parts that the real ones are made of, which dies at a fail
 * point. Arguments: {@code gateway} or {@code worker}, the point, then {@code --set name=value}.
 */
final class HaltingMain {

  private HaltingMain() {}

  public static void main(String[] arguments) throws Exception {
    var set = new HashMap<String, String>();
    for (var i = 3; i < arguments.length; i += 2) {
      var pair = arguments[i].split("=", 2);
      set.put(pair[0], pair[1]);
    }
    var settings = Settings.load(Optional.empty(), Map.of(), set);
    Logging.start(settings);
    var lifetime = new Lifetime();
    var links = new FarmLinks(settings, InstantSource.system());
    var service =
        service(arguments[0], FailPoint.parse(arguments[1]), settings, links, lifetime::stop);
    lifetime.run(Service.inOrder(links, service), () -> System.err.println("The gateway is ready"));
  }

  private static Service service(
      String role, FailPoint point, Settings settings, FarmLinks links, Runnable stop) {
    var clock = InstantSource.system();
    var store = new HaltingStore(links.store(), point);
    var broker = new HaltingBroker(links.broker(), point);
    var ledger = FarmLinks.ledger(settings, store, clock);
    return role.equals("worker")
        ? new Worker(settings, new Worker.Farm(store, ledger, broker), clock)
        : new Gateway(
            GatewaySettings.of(settings),
            new Farm(store, ledger, broker.jobs(), broker.control(), broker.events(), clock),
            stop);
  }
}
