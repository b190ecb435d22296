package io.doos.worker.engine;

import io.doos.worker.office.Cleaning;
import io.doos.worker.office.Office;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes from an office the Basic that a macro left in it: libraries with all their variables; and
 * checks that ours are what they were. Documents and frames are the pool's to close. What cannot be
 * seen, such as a {@code Global} variable, {@link MacroEngine} spoils the lease for.
 */
public final class OfficeCleaning implements Cleaning {

  private static final Logger log = LoggerFactory.getLogger(OfficeCleaning.class);

  /** The user's own library, which is always there; kept empty. */
  static final String STANDARD = "Standard";

  private final OfficeBasics basics;
  private final Set<String> autoOOo = sources(AutoOOo.modules());
  private final Set<String> probe = sources(BasicState.modules());

  public OfficeCleaning(OfficeBasics basics) {
    this.basics = basics;
  }

  /**
   * Cleans {@code office}, on the caller's thread.
   *
   * @return whether it is clean; if not, it must not be used again, and the log says why
   */
  @Override
  public boolean clean(Office office) {
    if (office.death() != Office.Death.NONE) {
      return false;
    }
    var trouble = trouble(office);
    trouble.ifPresent(why -> log.info("{}: not clean: {}", office.name(), why));
    return trouble.isEmpty();
  }

  private Optional<String> trouble(Office office) {
    try {
      var basic = basics.of(office);
      removeLibraries(basic);
      return damage(basic);
    } catch (com.sun.star.uno.RuntimeException | IllegalStateException e) {
      return Optional.of("it cannot be cleaned: " + e);
    }
  }

  private static void removeLibraries(OfficeBasic basic) {
    var kept = basic.keptLibraries();
    for (var name : basic.libraryNames()) {
      if (!kept.contains(name)) {
        basic.unload(name);
      }
    }
  }

  private Optional<String> damage(OfficeBasic basic) {
    if (basic.traceWatch().traces()) {
      return Optional.of("Basic ran in it that did not come with a job");
    }
    if (!basic.modules(STANDARD).isEmpty()) {
      return Optional.of("the last job left modules in the Basic library Standard");
    }
    return sources(basic.modules(AutoOOo.LIBRARY)).equals(autoOOo)
            && sources(basic.modules(BasicState.LIBRARY)).equals(probe)
        ? Optional.empty()
        : Optional.of("the last job changed our Basic libraries");
  }

  private static Set<String> sources(List<BasicModule> modules) {
    return modules.stream()
        .map(module -> module.name() + '\n' + module.source())
        .collect(Collectors.toSet());
  }
}
