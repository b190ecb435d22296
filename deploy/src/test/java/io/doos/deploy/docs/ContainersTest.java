package io.doos.deploy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.doos.common.config.Catalogue;
import io.doos.common.config.FarmSetting;
import io.doos.common.config.ProcessSetting;
import io.doos.common.config.Setting;
import io.doos.common.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** compose.yaml and what it names, as far as that can be judged without a container engine. */
class ContainersTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> OURS = Set.of("gateway", "worker");

  /** {@code ${NAME…}}: the name, and what follows it. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)([^}]*)}");

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyVariableOfOursInComposeAndInTheImagesIsASetting() throws IOException {
    var known = Catalogue.ALL.stream().map(Setting::variable).collect(Collectors.toSet());
    var inImages = Pattern.compile("DOOS_[A-Z_]+(?==)").matcher(text("deploy/docker/Dockerfile"));

    assertThat(inImages.results().map(MatchResult::group)).isNotEmpty().isSubsetOf(known);
    for (var service : OURS) {
      assertThat(environment(service).keySet()).as(service).isNotEmpty().isSubsetOf(known);
    }
  }

  @Test
  void theSettingsOfOursAreAcceptedOnceTheSecretsAreGiven() throws Exception {
    for (var service : OURS) {
      var given =
          environment(service).entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> filled(e.getValue())));

      var settings = Settings.load(Optional.empty(), given, Map.of());

      settings.require(FarmSetting.STORE_ACCESS_KEY, FarmSetting.STORE_SECRET_KEY);
      assertThat(settings.isSet(FarmSetting.BROKER_URL)).isTrue();
    }
  }

  @Test
  void noSecretHasADefault() throws IOException {
    var secrets =
        VARIABLE
            .matcher(text("compose.yaml"))
            .results()
            .filter(variable -> variable.group(1).matches(".*(PASSWORD|KEY|SECRET).*"))
            .toList();

    assertThat(secrets)
        .hasSizeGreaterThanOrEqualTo(6)
        .allSatisfy(v -> assertThat(v.group(2)).as(v.group()).startsWith(":?run 'make "));
    for (var service : services().keySet()) {
      environment(service)
          .forEach((name, value) -> {
            if (name.matches(".*(PASS|KEY|SECRET|URL).*") && !name.equals("DOOS_STORE_URL")) {
              assertThat(value).as(service + " " + name).contains(":?");
            }
          });
    }
    assertThat(text("deploy/docker/Dockerfile")).doesNotContainPattern("(PASSWORD|_KEY|SECRET)");
  }

  @Test
  void theSecretsAreMadeByTheScriptAndIgnoredByGit() throws IOException {
    var script = text("deploy/docker/secrets.sh");

    assertThat(text(".gitignore").lines()).contains(".env");
    assertThat(VARIABLE.matcher(text("compose.yaml")).results())
        .filteredOn(variable -> variable.group(2).startsWith(":?"))
        .allSatisfy(variable -> assertThat(script).contains(variable.group(1)));
  }

  @Test
  void imagesOfOthersArePinnedAndOursAreBuilt() throws IOException {
    services()
        .forEach((name, service) -> {
          if (OURS.contains(name)) {
            assertThat(service).containsKey("build").containsEntry("pull_policy", "build");
          } else {
            assertThat(String.valueOf(service.get("image")))
                .as(name)
                .matches("[a-z/]+:\\d+\\.\\d+[0-9.a-z-]*");
          }
        });
  }

  @Test
  void everyServiceIsCheckedBoundedAndStartedAgainAndOpenToThisMachineOnly() throws IOException {
    services()
        .forEach((name, service) -> {
          assertThat(service)
              .as(name)
              .containsKeys("mem_limit", "stop_grace_period", "networks", "logging")
              .containsEntry("restart", "unless-stopped");
          assertThat(OURS.contains(name) || service.containsKey("healthcheck"))
              .as(name + " has a health check, of its own or of our image")
              .isTrue();
          assertThat(list(service.get("ports")))
              .as(name)
              .allMatch(port -> port.startsWith("127.0.0.1:"));
        });
    assertThat(text("deploy/docker/Dockerfile").lines())
        .filteredOn(line -> line.startsWith("HEALTHCHECK "))
        .hasSize(OURS.size());
  }

  @Test
  void oursHaveNoRightsAndTimeToStop() throws IOException {
    var grace = Settings.defaults().get(ProcessSetting.STOP_GRACE);
    for (var service : OURS) {
      var ours = services().getOrDefault(service, Map.of());
      assertThat(ours).containsEntry("read_only", true).containsEntry("cap_drop", List.of("ALL"));
      assertThat(list(ours.get("security_opt"))).contains("no-new-privileges:true");
      assertThat(Duration.parse("PT" + ours.get("stop_grace_period"))).isGreaterThan(grace);
    }
    assertThat(text("deploy/docker/Dockerfile").lines())
        .filteredOn(line -> line.startsWith("USER "))
        .hasSize(OURS.size())
        .allMatch(line -> line.matches("USER [1-9]\\d*:[1-9]\\d*"));
  }

  @Test
  void theWorkersImageHasTheOfficeAndFontsOfTheSetUp() throws IOException {
    var office = Pattern.compile("\\b(libreoffice-[a-z]+|fonts-[a-z-]+|fontconfig|bubblewrap)\\b");
    var setUp = text("deploy/setup/install.sh");
    var wanted = setUp.substring(setUp.indexOf("RUN_PACKAGES="), setUp.indexOf("TEST_PACKAGES="));

    assertThat(office.matcher(wanted).results().map(MatchResult::group))
        .hasSizeGreaterThan(8)
        .allSatisfy(name -> assertThat(text("deploy/docker/Dockerfile")).contains(" " + name));
  }

  @Test
  void theListOfSystemCallsIsSoundAndGivesNoMoreThanAJailNeeds() throws IOException {
    var profile = JSON.readTree(text("deploy/docker/seccomp.json"));
    var rules = profile.get("syscalls").valueStream().toList();
    var names = rules.stream().filter(rule -> !rule.has("args")).flatMap(this::names).toList();

    assertThat(profile.get("defaultAction").asText()).isEqualTo("SCMP_ACT_ERRNO");
    assertThat(rules).allMatch(rule -> rule.get("action").asText().equals("SCMP_ACT_ALLOW"));
    assertThat(names)
        .doesNotHaveDuplicates()
        .contains("clone", "unshare", "mount", "umount2", "pivot_root", "sethostname")
        .doesNotContain("socket", "setns", "chroot", "ptrace", "bpf", "keyctl", "add_key")
        .doesNotContain("init_module", "finit_module", "kexec_load", "reboot", "perf_event_open")
        .doesNotContain("io_uring_setup", "open_by_handle_at", "process_vm_readv", "userfaultfd");
  }

  private Stream<String> names(JsonNode rule) {
    return rule.get("names").valueStream().map(JsonNode::asText);
  }

  /** As compose would fill it in: a default where there is one, else something. */
  private static String filled(String value) {
    return VARIABLE
        .matcher(value)
        .replaceAll(variable ->
            variable.group(2).startsWith(":-") ? variable.group(2).substring(2) : "given");
  }

  private static Map<String, Map<String, Object>> services() throws IOException {
    return map(compose().getOrDefault("services", Map.of())).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, service -> map(service.getValue())));
  }

  private static Map<String, String> environment(String service) throws IOException {
    return map(services().getOrDefault(service, Map.of()).getOrDefault("environment", Map.of()))
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toString()));
  }

  private static Map<String, Object> compose() throws IOException {
    return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text("compose.yaml")));
  }

  @SuppressWarnings("unchecked") // what YAML calls a mapping has texts as keys here
  private static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }

  private static List<String> list(@Nullable Object node) {
    return node == null ? List.of() : ((List<?>) node).stream().map(Object::toString).toList();
  }

  private static String text(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }
}
