package io.doos.common.config;

import java.util.Optional;

/** Settings that are right each by itself and wrong together. */
final class CrossChecks {

  private final Settings settings;
  private final Problems problems;

  private CrossChecks(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  static void check(Settings settings, Problems problems) {
    var checks = new CrossChecks(settings, problems);
    checks.less(DoorSetting.TICKET_MIN, DoorSetting.TICKET_MAX);
    checks.less(OfficeSetting.OFFICE_USES_SPREAD, OfficeSetting.OFFICE_MAX_USES);
    checks.atMost(JobSetting.JOB_TIMEOUT, JobSetting.JOB_MAX_TIMEOUT);
    checks.atMost(JobSetting.JOB_MAX_INPUT, LimitSetting.JOB_MAX_DISK);
    checks.atMost(JobSetting.JOB_MAX_OUTPUT, LimitSetting.JOB_MAX_DISK);
    checks.atMost(OfficeSetting.OFFICE_MAX_MEMORY, OfficeSetting.JAIL_MEMORY);
    checks.bothOrNone();
    checks.needs(TlsSetting.TCP_TLS_PORT, TlsSetting.TLS_CERTIFICATE);
    checks.needs(TlsSetting.HTTP_TLS_PORT, TlsSetting.TLS_CERTIFICATE);
    checks.needs(CliserSetting.CLISER_TLS_PORT, TlsSetting.TLS_CERTIFICATE);
    checks.needs(TlsSetting.TLS_CERTIFICATE, TlsSetting.TLS_KEY);
    checks.needs(TlsSetting.TLS_CLIENT_CA, TlsSetting.TLS_CERTIFICATE);
    checks.needs(TlsSetting.TLS_CLIENT_CA, AccessSetting.ACCESS_FILE);
  }

  private <T extends Comparable<T>> void less(Setting<T> small, Setting<T> large) {
    if (settings.get(small).compareTo(settings.get(large)) >= 0) {
      problems.add("%s must be below %s.".formatted(shown(small), shown(large)));
    }
  }

  private <T extends Comparable<T>> void atMost(Setting<T> small, Setting<T> large) {
    if (settings.get(small).compareTo(settings.get(large)) > 0) {
      problems.add("%s must not be above %s.".formatted(shown(small), shown(large)));
    }
  }

  private void bothOrNone() {
    var access = settings.get(FarmSetting.STORE_ACCESS_KEY).isPresent();
    var secret = settings.get(FarmSetting.STORE_SECRET_KEY).isPresent();
    if (access != secret) {
      var missing = access ? FarmSetting.STORE_SECRET_KEY : FarmSetting.STORE_ACCESS_KEY;
      var there = access ? FarmSetting.STORE_ACCESS_KEY : FarmSetting.STORE_SECRET_KEY;
      problems.add(
          "%s is missing: it goes with %s (%s)."
              .formatted(missing.name(), there.name(), settings.origin(there)));
    }
  }

  private void needs(Setting<? extends Optional<?>> one, Setting<? extends Optional<?>> other) {
    if (settings.get(one).isPresent() && settings.get(other).isEmpty()) {
      problems.add("%s is missing: %s needs it.".formatted(other.name(), shown(one)));
    }
  }

  private String shown(Setting<?> setting) {
    return "%s (%s, %s)"
        .formatted(setting.name(), settings.shown(setting), settings.origin(setting));
  }
}
