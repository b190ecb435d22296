package io.doos.common.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The value of every setting, checked: built-in defaults, over them the settings file, over it the
 * environment, over it the command line. Immutable. Its text shows all values but no secrets.
 */
public final class Settings {

  /** Variables that the start script or a client's commands read; they are no settings. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of("DOOS_HOME", "DOOS_JAVA_OPTS", "DOOS_TOKEN");

  private static final Map<String, Setting<?>> BY_NAME =
      Catalogue.ALL.stream().collect(Collectors.toUnmodifiableMap(Setting::name, s -> s));
  private static final Map<String, Setting<?>> BY_VARIABLE =
      Catalogue.ALL.stream().collect(Collectors.toUnmodifiableMap(Setting::variable, s -> s));

  private final Map<String, Given> given;

  private Settings(Map<String, Given> given) {
    this.given = given;
  }

  /** A farm that says nothing. */
  public static Settings defaults() {
    return new Settings(Map.of());
  }

  /**
   * Reads and checks all sources.
   *
   * @param file the settings file, if there is one
   * @param environment all variables; those that begin with {@code DOOS_} are read, and an empty
   *     one counts as not set
   * @param options texts by the settings' names, as given on the command line
   * @throws BadSettingsException with all that is wrong with them
   */
  public static Settings load(
      Optional<Path> file, Map<String, String> environment, Map<String, String> options)
      throws BadSettingsException {
    var problems = new Problems();
    var given = new LinkedHashMap<String, Given>();
    file.ifPresent(path -> takeKnown(SettingsFile.read(path, problems), given, problems));
    takeEnvironment(environment, given, problems);
    var texts = new LinkedHashMap<String, Given>();
    options.forEach((name, text) -> texts.put(name, new Given(text, new Origin.Option())));
    takeKnown(texts, given, problems);
    return checked(given, problems);
  }

  /**
   * The same with {@code setting} set to {@code text} by the program.
   *
   * @throws BadSettingsException when {@code text} is not a value of it, or fits no other setting
   */
  public Settings with(Setting<?> setting, String text) throws BadSettingsException {
    return with(Map.of(setting, text));
  }

  /** The same with several settings set by the program, which may be right only together. */
  public Settings with(Map<Setting<?>, String> texts) throws BadSettingsException {
    var problems = new Problems();
    var changed = new LinkedHashMap<>(given);
    texts.forEach(
        (setting, text) -> take(setting, new Given(text, new Origin.Program()), changed, problems));
    return checked(changed, problems);
  }

  /** The value of {@code setting}. */
  public <T> T get(Setting<T> setting) {
    return setting.parse(text(setting));
  }

  /**
   * For settings without which the caller cannot begin.
   *
   * @throws BadSettingsException with all of {@code settings} that are empty
   */
  public void require(Setting<?>... settings) throws BadSettingsException {
    var problems = new Problems();
    for (var setting : settings) {
      if (text(setting).isEmpty()) {
        problems.add(
            "%s is missing: set it in doos.yaml or as %s."
                .formatted(setting.name(), setting.variable()));
      }
    }
    problems.throwIfAny();
  }

  /** Where the value of {@code setting} came from. */
  public Origin origin(Setting<?> setting) {
    var own = given.get(setting.name());
    return own == null ? new Origin.Default() : own.origin();
  }

  /** Whether anybody set it; otherwise it has its default. */
  public boolean isSet(Setting<?> setting) {
    return given.containsKey(setting.name());
  }

  /** The settings as a Markdown table in reading order, for the README. */
  public static String table() {
    return Catalogue.table();
  }

  /** Every setting in reading order, a line each, with its value and origin; secrets hidden. */
  @Override
  public String toString() {
    return Catalogue.ALL.stream().map(this::line).collect(Collectors.joining("\n"));
  }

  private String line(Setting<?> setting) {
    return setting.name() + "=" + shown(setting) + " (" + origin(setting) + ")";
  }

  /** The text of {@code setting} as messages may show it. */
  String shown(Setting<?> setting) {
    return setting.shown(text(setting));
  }

  private String text(Setting<?> setting) {
    var own = given.get(setting.name());
    return own == null ? setting.defaultText() : own.text();
  }

  private static Settings checked(Map<String, Given> given, Problems problems)
      throws BadSettingsException {
    var settings = new Settings(Map.copyOf(given));
    CrossChecks.check(settings, problems);
    problems.throwIfAny();
    return settings;
  }

  private static void takeKnown(
      Map<String, Given> texts, Map<String, Given> given, Problems problems) {
    texts.forEach((name, value) -> {
      var setting = BY_NAME.get(name);
      if (setting == null) {
        problems.unknown(name, value.origin(), Nearest.to(name, names(Setting::name)));
      } else {
        take(setting, value, given, problems);
      }
    });
  }

  private static void takeEnvironment(
      Map<String, String> environment, Map<String, Given> given, Problems problems) {
    for (var variable : environment.keySet().stream().sorted().toList()) {
      var text = environment.getOrDefault(variable, "");
      var ours = variable.startsWith(Setting.VARIABLE_PREFIX);
      if (!ours || text.isEmpty() || OTHER_VARIABLES.contains(variable)) {
        continue;
      }
      var origin = new Origin.Environment(variable);
      var setting = BY_VARIABLE.get(variable);
      if (setting == null) {
        problems.unknown(variable, origin, Nearest.to(variable, names(Setting::variable)));
      } else {
        take(setting, new Given(text, origin), given, problems);
      }
    }
  }

  private static Set<String> names(Function<Setting<?>, String> name) {
    return Catalogue.ALL.stream().map(name).collect(Collectors.toSet());
  }

  /** A bad text is reported and then forgotten, so that cross checks see values only. */
  private static void take(
      Setting<?> setting, Given value, Map<String, Given> given, Problems problems) {
    try {
      setting.parse(value.text());
      given.put(setting.name(), value);
    } catch (IllegalArgumentException e) {
      problems.bad(setting, value.text(), value.origin());
    }
  }
}
