package io.doos.worker;

import io.doos.common.config.BadSettingsException;
import io.doos.common.config.OfficeSetting;
import io.doos.common.config.Setting;
import io.doos.common.config.Settings;
import io.doos.common.config.UnoSetting;
import io.doos.common.life.Lifetime;
import io.doos.worker.oood.OoodConfig;
import java.time.InstantSource;
import java.util.HashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The old oood as a process: offices for UNO clients, without broker, store or jobs. */
public final class OoodMain {

  private static final Logger log = LoggerFactory.getLogger(OoodMain.class);

  private OoodMain() {}

  /**
   * Runs the daemon until it is told to stop, by a signal or an administrator.
   *
   * @return the process's exit code
   * @throws Exception when it cannot be started
   */
  public static int run(Settings settings, OoodConfig config) throws Exception {
    log.info("Started on pid {}", ProcessHandle.current().pid());
    config.ignored().forEach(element -> log.warn("{}", element));
    log.info(
        "The folders of the {} <user-installation> are not used: each office has a profile of its"
            + " own in data.dir",
        config.userInstallations().size());
    var lifetime = new Lifetime();
    var worker =
        new OoodWorker(over(settings, config), config, InstantSource.system(), lifetime::stop);
    return lifetime.run(worker, () -> log.info("Accepting on {}", config.acceptor()));
  }

  /**
   * The settings with what the old file says over them. Offices serve one client after the other,
   * as they did, unless a setting says otherwise, and as many as the file names.
   */
  static Settings over(Settings settings, OoodConfig config) throws BadSettingsException {
    var texts = new HashMap<Setting<?>, String>();
    texts.put(UnoSetting.UNO_ACCEPT, config.acceptor().toString());
    texts.put(OfficeSetting.OFFICE_COUNT, "" + config.userInstallations().size());
    texts.put(OfficeSetting.OFFICE_MAX_USES, "" + config.maxUses());
    texts.put(
        OfficeSetting.OFFICE_USES_SPREAD, "" + Math.min(config.randomUses(), config.maxUses() - 1));
    texts.put(OfficeSetting.OFFICE_START_TIMEOUT, config.startupTime().toSeconds() + "s");
    if (!settings.isSet(OfficeSetting.OFFICE_STANDBY)) {
      texts.put(OfficeSetting.OFFICE_STANDBY, "0");
    }
    if (!settings.isSet(UnoSetting.UNO_AFTERWARDS)) {
      texts.put(UnoSetting.UNO_AFTERWARDS, "clean");
    }
    config.officeHome().ifPresent(home -> texts.put(OfficeSetting.OFFICE_HOME, home));
    return settings.with(texts);
  }
}
