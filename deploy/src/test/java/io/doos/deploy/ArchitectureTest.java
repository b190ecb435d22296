package io.doos.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The walls of ARCHITECTURE.md. */
class ArchitectureTest {

  private static final JavaClasses FARM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(
              location -> !location.contains("-tests.jar") && !location.contains("test-classes"))
          .importPackages("io.doos");

  @Test
  void gatewayAndWorkerNeverMeet() {
    nobodyIn("io.doos.gateway..", "io.doos.worker..", "io.doos.deploy..");
    nobodyIn("io.doos.worker..", "io.doos.gateway..", "io.doos.deploy..");
  }

  @Test
  void commonKnowsNobody() {
    nobodyIn("io.doos.common..", "io.doos.gateway..", "io.doos.worker..", "io.doos.deploy..");
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.doos.(*).(*)..").should().beFreeOfCycles().check(FARM);
  }

  @Test
  void anOfficeKnowsNoJobQueueOrStore() {
    nobodyIn(
        "io.doos.worker.office..",
        "io.doos.common.job..",
        "io.doos.common.status..",
        "io.doos.common.queue..",
        "io.doos.common.store..",
        "io.doos.common.ledger..",
        "io.doos.worker.run..",
        "io.doos.worker.engine..");
  }

  @Test
  void doorsKnowNeitherQueueNorStore() {
    for (var door :
        List.of(
            "io.doos.gateway.tcp..",
            "io.doos.gateway.doos..",
            "io.doos.gateway.http..",
            "io.doos.gateway.cliser..")) {
      nobodyIn(door, "io.doos.common.queue..", "io.doos.common.store..", "io.doos.common.ledger..");
    }
  }

  @Test
  void theServerOfTheDoorsOverTcpKnowsNoProtocol() {
    nobodyIn(
        "io.doos.gateway.tcp..",
        "io.doos.gateway.doos..",
        "io.doos.gateway.cliser..",
        "io.doos.gateway.intake..",
        "io.doos.gateway.results..",
        "io.doos.gateway.spool..");
  }

  @Test
  void foreignLibrariesStayInTheirPackages() {
    onlyIn("io.minio..", "io.doos.common.store..");
    onlyIn("okhttp3..", "io.doos.common.store..", "io.doos.common.web..");
    onlyIn("org.eclipse.jetty..", "io.doos.common.http..");
    onlyIn("com.rabbitmq..", "io.doos.common.queue..");
    onlyIn("io.micrometer..", "io.doos.common.metrics..");
    onlyIn("io.opentelemetry..", "io.doos.common.trace..");
    onlyIn("com.sun.star..", "io.doos.worker.office..", "io.doos.worker.engine..");
    onlyIn("org.apache.qpid..", "io.doos.deploy.standalone..");
    onlyIn("org.apache.fop..", "io.doos.worker.fop..");
    onlyIn("org.apache.batik..", "io.doos.worker.fop..");
    onlyIn("org.apache.xmlgraphics..", "io.doos.worker.fop..");
    onlyIn("org.gaul..", "io.doos.deploy.standalone..");
    onlyIn("picocli..", "io.doos.deploy..");
  }

  @Test
  void onlyMainsExitOrReadTheEnvironment() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(FARM);
  }

  private static void nobodyIn(String here, String... there) {
    check(
        noClasses()
            .that()
            .resideInAPackage(here)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(there));
  }

  private static void onlyIn(String library, String... homes) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(homes)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(FARM);
  }
}
