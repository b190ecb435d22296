package io.doos.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir private Path folder;

  @Test
  void withoutAnySourceEverySettingHasItsDefault() throws Exception {
    var settings = Settings.load(Optional.empty(), Map.of(), Map.of());

    assertThat(settings.get(DoorSetting.TCP_PORT)).isEqualTo(8568);
    assertThat(settings.get(DoorSetting.TCP_MAX_FRAME).bytes()).isEqualTo(256L * 1024 * 1024);
    assertThat(settings.get(OfficeSetting.OFFICE_MAX_AGE)).isEqualTo(Duration.ofDays(3));
    assertThat(settings.get(JobSetting.WATCHDOG_MIN_CPU)).isEqualTo(0.1);
    assertThat(settings.get(OfficeSetting.OFFICE_COUNT)).isEmpty();
    assertThat(settings.get(OfficeSetting.JAIL)).isEqualTo(JailMode.REQUIRED);
    assertThat(Long.toString(settings.get(DoorSetting.TICKET_MIN))).hasSize(18);
    assertThat(Long.toString(settings.get(DoorSetting.TICKET_MAX))).hasSize(18);
    assertThat(settings.isSet(DoorSetting.TCP_PORT)).isFalse();
  }

  @Test
  void optionsWinOverTheEnvironmentAndThatOverTheFile() throws Exception {
    var file = file("tcp.port: 1\ntcp.max-files: 11\ntcp.max-connections: 111\n");
    var environment = Map.of("DOOS_TCP_PORT", "2", "DOOS_TCP_MAX_FILES", "22");

    var settings = Settings.load(Optional.of(file), environment, Map.of("tcp.port", "3"));

    assertThat(settings.get(DoorSetting.TCP_PORT)).isEqualTo(3);
    assertThat(settings.get(DoorSetting.TCP_MAX_FILES)).isEqualTo(22);
    assertThat(settings.get(DoorSetting.TCP_MAX_CONNECTIONS)).isEqualTo(111);
    assertThat(settings.origin(DoorSetting.TCP_MAX_CONNECTIONS))
        .isEqualTo(new Origin.File(file, 3));
  }

  @Test
  void theFileMayNestItsNames() throws Exception {
    var settings = load("tcp:\n  port: 9\n  max-frame: 1GiB\nworker.name: 'w1'\n");

    assertThat(settings.get(DoorSetting.TCP_PORT)).isEqualTo(9);
    assertThat(settings.get(DoorSetting.TCP_MAX_FRAME)).isEqualTo(ByteSize.parse("1GiB"));
    assertThat(settings.get(ProcessSetting.WORKER_NAME)).contains("w1");
  }

  @Test
  void anEmptyFileAndOneOfCommentsSayNothing() throws Exception {
    assertThat(load("").get(DoorSetting.TCP_PORT)).isEqualTo(8568);
    assertThat(load("# tcp.port: 1\n").get(DoorSetting.TCP_PORT)).isEqualTo(8568);
  }

  @Test
  void allProblemsAreToldAtOnceWithNameOriginValueAndExpectation() throws IOException {
    var file = file("tcp:\n  prot: 1\n  max-frame: 256MB\njob.timeout: soon\n");
    var environment =
        Map.of("DOOS_TCP_PROT", "9", "DOOS_JAIL", "off", "PATH", "/bin", "DOOS_HOME", "/x");

    var problems = problems(Optional.of(file), environment, Map.of("office.cuont", "2"));

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "tcp.prot (" + file + " line 2) is not a setting; did you mean tcp.port?",
            "tcp.max-frame ("
                + file
                + " line 3) is '256MB': expected a size such as 64KiB, 256MiB or 1GiB, from 1KiB to 512GiB.",
            "job.timeout ("
                + file
                + " line 4) is 'soon': expected a duration above zero such as 250ms, 5s, 10m, 72h or 7d, at most 7d.",
            "jail (environment variable DOOS_JAIL) is 'off': expected required or preferred.",
            "DOOS_TCP_PROT (environment variable DOOS_TCP_PROT) is not a setting; did you mean DOOS_TCP_PORT?",
            "office.cuont (option) is not a setting; did you mean office.count?");
  }

  @Test
  void theMessageListsTheProblemsEachOnALine() {
    var exception =
        catchThrowableOfType(
            BadSettingsException.class,
            () -> Settings.load(Optional.empty(), Map.of(), Map.of("tcp.port", "x", "jail", "y")));

    assertThat(exception).hasMessageMatching("2 settings are wrong:\n  .*\n  .*");
  }

  @Test
  void aNameThatLooksLikeNoOtherGetsNoSuggestion() {
    assertThat(problems(Optional.empty(), Map.of(), Map.of("wholly.different", "1")))
        .containsExactly("wholly.different (option) is not a setting.");
  }

  @Test
  void theLastStepAloneIsEnoughToFindTheName() {
    assertThat(problems(Optional.empty(), Map.of(), Map.of("max-frame", "1GiB")))
        .containsExactly("max-frame (option) is not a setting; did you mean tcp.max-frame?");
  }

  @Test
  void secretsAreNeitherShownNorReported() throws Exception {
    var options =
        Map.of(
            "store.access-key", "hush1",
            "store.secret-key", "hush2",
            "broker.url", "amqp://me:hush3@broker:5672/farm");

    var settings = Settings.load(Optional.empty(), Map.of(), options);

    assertThat(settings.toString())
        .doesNotContain("hush")
        .contains("amqp://(hidden)@broker:5672/farm");
    assertThat(settings.get(FarmSetting.STORE_SECRET_KEY).toString()).doesNotContain("hush");
    assertThat(settings.get(FarmSetting.STORE_SECRET_KEY).map(Secret::value)).contains("hush2");
    assertThat(settings.get(FarmSetting.BROKER_URL))
        .isEqualTo(URI.create("amqp://me:hush3@broker:5672/farm"));

    var bad =
        Map.of(
            "store.secret-kye", "hush4", "broker.url", "ampq:me:hush5@x", "store.secret-key", " ");
    assertThat(problems(Optional.empty(), Map.of(), bad))
        .hasSize(3)
        .noneMatch(p -> p.contains("hush"));
  }

  @Test
  void settingsThatContradictEachOtherAreProblems() {
    var options =
        Map.of(
            "ticket.min", "5", "ticket.max", "5", "job.timeout", "11m", "store.access-key", "abc");

    assertThat(problems(Optional.empty(), Map.of(), options))
        .containsExactly(
            "ticket.min (5, option) must be below ticket.max (5, option).",
            "job.timeout (11m, option) must not be above job.max-timeout (10m, default).",
            "store.secret-key is missing: it goes with store.access-key (option).");
  }

  @Test
  void aSettingGivenTwiceInTheFileIsAProblem() throws IOException {
    var file = file("tcp.port: 1\ntcp:\n  port: 2\n");

    assertThat(problems(Optional.of(file), Map.of(), Map.of()))
        .containsExactly("tcp.port is given twice: " + file + " line 1 and " + file + " line 3.");
  }

  @Test
  void filesThatAreNoSettingsAreProblemsThatNameTheFile() throws IOException {
    for (var text :
        List.of(
            "- tcp.port\n",
            "just words\n",
            "tcp: {port: 1\n",
            "tcp.port: [1, 2]\n",
            "tcp.port:\n")) {
      var file = file(text);
      assertThat(problems(Optional.of(file), Map.of(), Map.of()))
          .as(text)
          .hasSize(1)
          .allMatch(problem -> problem.contains(file.toString()));
    }
    var absent = folder.resolve("absent.yaml");
    assertThat(problems(Optional.of(absent), Map.of(), Map.of()))
        .allMatch(problem -> problem.startsWith(absent + " cannot be read"));
  }

  @Test
  void anEmptyVariableCountsAsNotSet() throws Exception {
    var settings = Settings.load(Optional.empty(), Map.of("DOOS_TCP_PORT", ""), Map.of());

    assertThat(settings.isSet(DoorSetting.TCP_PORT)).isFalse();
  }

  @Test
  void theProgramMayChangeASettingWithinItsRules() throws Exception {
    var settings = Settings.defaults().with(FarmSetting.STORE_URL, "http://127.0.0.1:4711");

    assertThat(settings.get(FarmSetting.STORE_URL)).isEqualTo(URI.create("http://127.0.0.1:4711"));
    assertThat(settings.origin(FarmSetting.STORE_URL)).isEqualTo(new Origin.Program());
    assertThat(
            catchThrowableOfType(
                BadSettingsException.class,
                () -> Settings.defaults().with(FarmSetting.STORE_URL, "nowhere")))
        .hasMessageContaining("store.url (program) is 'nowhere'");
  }

  @Test
  void theProgramMaySetSettingsThatGoTogether() throws Exception {
    var keys =
        Map.<Setting<?>, String>of(
            FarmSetting.STORE_ACCESS_KEY, "a", FarmSetting.STORE_SECRET_KEY, "b");

    assertThat(Settings.defaults().with(keys).get(FarmSetting.STORE_SECRET_KEY))
        .contains(new Secret("b"));
    assertThat(
            catchThrowableOfType(
                BadSettingsException.class,
                () -> Settings.defaults().with(FarmSetting.STORE_SECRET_KEY, "b")))
        .hasMessageContaining("store.access-key is missing");
  }

  @Test
  void whatIsRequiredAndMissingIsToldAtOnceWithItsNames() throws Exception {
    var keys = List.of(FarmSetting.STORE_ACCESS_KEY, FarmSetting.STORE_SECRET_KEY);
    var given = load("store.access-key: a\nstore.secret-key: b\n");

    given.require(keys.toArray(Setting<?>[]::new));
    assertThat(
            catchThrowableOfType(
                    BadSettingsException.class,
                    () -> Settings.defaults().require(keys.toArray(Setting<?>[]::new)))
                .problems())
        .containsExactly(
            "store.access-key is missing: set it in doos.yaml or as DOOS_STORE_ACCESS_KEY.",
            "store.secret-key is missing: set it in doos.yaml or as DOOS_STORE_SECRET_KEY.");
  }

  @Test
  void everySettingIsInTheCatalogueOnceAndDescribedInALine() throws Exception {
    var constants = new ArrayList<Field>();
    try (var classes = Files.list(classFolder())) {
      for (var file : classes.filter(f -> f.toString().endsWith("Setting.class")).toList()) {
        var name = file.getFileName().toString().replace(".class", "");
        Arrays.stream(Class.forName(Catalogue.class.getPackageName() + "." + name).getFields())
            .filter(f -> f.getType() == Setting.class)
            .forEach(constants::add);
      }
    }

    assertThat(Catalogue.ALL).hasSameSizeAs(constants).doesNotHaveDuplicates();
    for (var constant : constants) {
      var setting = (Setting<?>) constant.get(null);
      assertThat(setting.variable()).isEqualTo("DOOS_" + constant.getName());
      assertThat(setting.description()).isNotBlank().doesNotContain("\n").doesNotContain("|");
    }
    assertThat(Settings.table().lines()).hasSize(constants.size() + 2);
  }

  private static Path classFolder() throws URISyntaxException {
    return Path.of(Setting.class.getResource("Setting.class").toURI()).resolveSibling("");
  }

  private Settings load(String yaml) throws Exception {
    return Settings.load(Optional.of(file(yaml)), Map.of(), Map.of());
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("doos.yaml"), yaml);
  }

  private static List<String> problems(
      Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
    return catchThrowableOfType(
            BadSettingsException.class, () -> Settings.load(file, environment, options))
        .problems();
  }
}
