package io.doos.worker.office;

import com.sun.star.script.XLibraryContainer;
import com.sun.star.script.provider.XScriptProviderFactory;
import com.sun.star.uno.AnyConverter;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;

/** Runs Basic in an office, as a job would, without the engine. */
final class Basic {

  private Basic() {}

  /** Calls {@code Main} of {@code source}; answers what it returned, as text. */
  static String run(Office office, String source) throws Exception {
    try {
      return runAndLeave(office, source);
    } finally {
      if (office.death() == Office.Death.NONE) {
        libraries(office).removeLibrary("Test");
      }
    }
  }

  /** As {@link #run}, and leaves the library there: to remove it after an error may be a crash. */
  static String runAndLeave(Office office, String source) throws Exception {
    libraries(office).createLibrary("Test").insertByName("M", source);
    var result =
        UnoLink.query(
                XScriptProviderFactory.class,
                office
                    .context()
                    .getValueByName(
                        "/singletons/com.sun.star.script.provider.theMasterScriptProviderFactory"))
            .createScriptProvider("")
            .getScript("vnd.sun.star.script:Test.M.Main?language=Basic&location=application")
            .invoke(new Object[0], new short[1][], new Object[1][]);
    return AnyConverter.isVoid(result) ? "" : AnyConverter.toString(result);
  }

  private static XLibraryContainer libraries(Office office) throws Exception {
    var context = office.context();
    return UnoLink.query(
        XLibraryContainer.class,
        context
            .getServiceManager()
            .createInstanceWithContext(
                "com.sun.star.script.ApplicationScriptLibraryContainer", context));
  }

  /** What a shell script, run by a macro in the office, writes to its standard output and error. */
  static String shell(Office office, String script) throws Exception {
    shell(office, "exec > %sprobe.out 2>&1\n%s".formatted(office.jobFolderInside(), script), true);
    var output = Files.readString(office.jobFolder().resolve("probe.out"));
    Files.delete(office.jobFolder().resolve("probe.out"));
    Files.delete(office.jobFolder().resolve("probe.sh"));
    return output;
  }

  /** Has a macro start a shell script and end. */
  static void background(Office office, String script) throws Exception {
    shell(office, script, false);
  }

  private static void shell(Office office, String script, boolean wait) throws Exception {
    var file = office.jobFolder().resolve("probe.sh");
    Files.writeString(file, script);
    office.giveToOffice(file);
    run(
        office,
        """
        Sub Main
          Shell("/bin/sh", 0, "%sprobe.sh", %s)
        End Sub
        """
            .formatted(office.jobFolderInside(), wait ? "True" : "False"));
  }

  /** Waits, bounded, until {@code condition} holds. */
  static boolean becomesTrue(java.util.function.BooleanSupplier condition) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
    return true;
  }
}
