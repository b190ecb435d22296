package io.doos.deploy.doctor;

import io.doos.common.config.FarmSetting;
import io.doos.common.config.Settings;
import io.doos.common.farm.FarmLinks;
import io.doos.common.queue.BrokerMisconfigured;
import io.doos.common.queue.LinkConfig;
import io.doos.common.queue.RabbitBroker;
import java.time.InstantSource;

/** Whether the broker answers and takes the farm's exchanges and queues as they are declared. */
final class BrokerCheck {

  private BrokerCheck() {}

  /**
   * Looks.
   *
   * @param whenAbsent judges that nobody answers
   */
  static Finding look(Settings settings, Absent whenAbsent) throws Exception {
    var url = settings.get(FarmSetting.BROKER_URL);
    var address = url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    var config = LinkConfig.of(url.toString());
    try (var broker =
        new RabbitBroker(config, FarmLinks.topology(settings), InstantSource.system())) {
      broker.start();
      return broker.isUp()
          ? Finding.ok(address + " answers, and its exchanges and queues are right")
          : whenAbsent.judge("no broker at " + address + ": " + broker.why());
    } catch (BrokerMisconfigured e) {
      return Finding.failed(
          address + " answers, but cannot be used", String.valueOf(e.getMessage()));
    }
  }

  /** Judges a part of the farm that does not answer. */
  @FunctionalInterface
  interface Absent {
    Finding judge(String found) throws InterruptedException;
  }
}
