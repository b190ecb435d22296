package io.doos.deploy.standalone;

import io.doos.common.config.DoorSetting;
import io.doos.common.config.Settings;
import io.doos.common.life.Lifetime;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The farm in one process. */
public final class StandaloneMain {

  private static final Logger log = LoggerFactory.getLogger(StandaloneMain.class);

  private StandaloneMain() {}

  /**
   * Runs the farm until it is told to stop: by SIGTERM, SIGINT, or a client's {@code terminate}.
   *
   * @return the process's exit code
   * @throws Exception when it cannot be started
   */
  public static int run(Settings settings) throws Exception {
    var lifetime = new Lifetime();
    var farm = new Standalone(settings, InstantSource.system(), lifetime::stop);
    return lifetime.run(
        farm,
        () ->
            log.info(
                "doos is ready: doos protocol on {}:{}",
                settings.get(DoorSetting.BIND_ADDRESS),
                farm.doosPort()));
  }
}
