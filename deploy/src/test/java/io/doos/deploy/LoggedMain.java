package io.doos.deploy;

import io.doos.common.config.Settings;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Logs some events, to be looked at from outside: a process has one logging. */
public final class LoggedMain {

  private LoggedMain() {}

  /**
   * Logs.
   *
   * @param arguments one setting, {@code name=value}
   */
  public static void main(String[] arguments) throws Exception {
    var log = LoggerFactory.getLogger(LoggedMain.class);
    var foreign = LoggerFactory.getLogger("org.example.Foreign");
    log.error("before logging is started nothing is logged");
    var setting = arguments[0].split("=", 2);
    Logging.start(Settings.load(Optional.empty(), Map.of(), Map.of(setting[0], setting[1])));
    log.debug("details");
    log.info("one\ntwo");
    log.error("it broke", new IllegalStateException("a\nb"));
    foreign.info("chatter");
    foreign.warn("a warning");
  }
}
