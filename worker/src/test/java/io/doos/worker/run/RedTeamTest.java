package io.doos.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.worker.office.OfficePool.Reuse;
import io.doos.worker.run.HostileBench.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile macros, each run while another tenant's good job runs in the office beside it: each must
 * end as its file says, the good job must leave what it always leaves, and the same tenant's next
 * job must find an office like a new one. Nothing may reach a file of the host or a port on its
 * loopback.
 */
class RedTeamTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;
  private Canary canary;

  @BeforeEach
  void open() throws IOException {
    assertThat(folder.toFile().setExecutable(true, false)).isTrue(); // offices' users come through
    canary = new Canary(folder);
  }

  @AfterEach
  void close() throws IOException {
    canary.close();
  }

  @TestFactory
  Stream<DynamicTest> noHostileJobHarmsAnotherOfItsTenantsOffice() throws Exception {
    return all(Reuse.TENANT);
  }

  @TestFactory
  Stream<DynamicTest> noHostileJobHarmsAnotherWhereNoOfficeIsUsedTwice() throws Exception {
    return all(Reuse.NEVER);
  }

  private Stream<DynamicTest> all(Reuse reuse) throws Exception {
    var bench = new HostileBench(folder, reuse);
    var ready = false;
    try {
      var tests = all(reuse, bench);
      ready = true;
      return tests;
    } finally {
      if (!ready) {
        bench.close();
      }
    }
  }

  private Stream<DynamicTest> all(Reuse reuse, HostileBench bench) throws Exception {
    var good = run(bench, "good", "good");
    var clean = run(bench, "stranger", "probe");
    assertThat(good.status()).startsWith("DONE ");
    assertThat(good.files()).hasSize(2);
    assertThat(clean.status()).startsWith("DONE ");
    return cases(bench.countsDeaths()).stream()
        .map(one ->
            DynamicTest.dynamicTest(
                one.name() + ", " + reuse, () -> check(bench, one, good, clean)))
        .onClose(bench::close);
  }

  private void check(HostileBench bench, HostileCase hostile, Ended good, Ended clean)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var beside = CompletableFuture.supplyAsync(() -> runUnchecked(bench), threads);
      judge(hostile, run(bench, hostile));
      assertThat(beside.get()).as("the good job beside it").isEqualTo(good);
    }
    var then = hostile.then();
    if (then.isPresent()) {
      judge(then.get(), run(bench, then.get()));
    }
    assertThat(run(bench, "stranger", "probe")).as("its tenant's next job").isEqualTo(clean);
    canary.assertUntouched();
  }

  private static void judge(HostileCase hostile, Ended ended) {
    assertThat(ended).matches(it -> hostile.endsAs(it.status()), hostile.ends());
    assertThat(ended.toString()).doesNotContain(Canary.SECRET);
    if (ended.status().startsWith("DONE") && !hostile.leavesAnything()) {
      assertThat(List.copyOf(ended.files().keySet())).isEqualTo(hostile.leaves());
    }
  }

  private Ended run(HostileBench bench, HostileCase hostile) throws Exception {
    var files = hostile.files(canary.words());
    files.put("Aid.bas", resource("aid.bas"));
    return bench.run("stranger", files, Duration.ofSeconds(hostile.seconds()));
  }

  private static Ended runUnchecked(HostileBench bench) {
    try {
      return run(bench, "good", "good");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Ended run(HostileBench bench, String tenant, String job) throws Exception {
    return bench.run(
        tenant,
        Map.of("main.script", resource(job + ".bas"), "Aid.bas", resource("aid.bas")),
        PATIENCE);
  }

  private static String resource(String name) throws Exception {
    return Files.readString(folderOf("beside").resolve(name));
  }

  private static List<HostileCase> cases(boolean counted) throws Exception {
    try (var files = Files.list(folderOf("hostile"))) {
      var read = new java.util.ArrayList<HostileCase>();
      for (var file : files.sorted().toList()) {
        read.add(HostileCase.read(file, counted));
      }
      return read;
    }
  }

  private static Path folderOf(String name) throws Exception {
    return Path.of(Objects.requireNonNull(RedTeamTest.class.getResource(name)).toURI());
  }
}
