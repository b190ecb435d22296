package io.doos.worker.engine;

import io.doos.worker.office.Cleaning;
import io.doos.worker.office.Office;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes from an office the document that a conversion left open, the Basic that a macro left in it,
 * libraries with all their variables, and what is in its clipboard; an office in which ours are not
 * what they were is not clean. Other documents and frames are the pool's to close. What cannot be
 * seen, such as a {@code Global} variable, {@link MacroEngine} spoils the lease for.
 */
public final class OfficeCleaning implements Cleaning {

  private static final Logger log = LoggerFactory.getLogger(OfficeCleaning.class);

  /** The user's own library, which is always there; kept empty. */
  static final String STANDARD = "Standard";

  private final OfficeBasics basics;

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
      if (!basics.closeConverted(office)) {
        return Optional.of("a converted document does not close");
      }
      removeLibraries(basic);
      basic.emptyClipboard();
      return basic.traceWatch().traces()
          ? Optional.of("Basic ran in it that did not come with a job, or ours was changed")
          : Optional.empty();
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
}
