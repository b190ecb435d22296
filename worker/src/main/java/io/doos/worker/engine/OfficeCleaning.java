package io.doos.worker.engine;

import com.sun.star.container.XEnumeration;
import com.sun.star.frame.XDesktop;
import com.sun.star.script.XLibraryContainer2;
import com.sun.star.uno.UnoRuntime;
import com.sun.star.util.XCloseable;
import io.doos.worker.office.Cleaning;
import io.doos.worker.office.Office;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes from an office what a macro left in it: documents, frames, and Basic libraries with all
 * their variables. What our own libraries hold is checked. What it cannot see, such as a {@code
 * Global} variable, {@link MacroEngine} spoils the lease for.
 */
public final class OfficeCleaning implements Cleaning {

  private static final Logger log = LoggerFactory.getLogger(OfficeCleaning.class);

  /** The user's own library, which is always there; kept empty. */
  static final String STANDARD = "Standard";

  /** Libraries of the user's that stay. */
  private static final Set<String> KEPT = Set.of(STANDARD, AutoOOo.LIBRARY, BasicState.LIBRARY);

  /**
   * Cleans {@code office}, on the caller's thread.
   *
   * @return whether it is clean; if not, it must not be used again, and the log says why
   */
  @Override
  public boolean clean(Office office) {
    var trouble = trouble(office);
    trouble.ifPresent(why -> log.info("{}: not clean: {}", office.name(), why));
    return trouble.isEmpty();
  }

  private static Optional<String> trouble(Office office) {
    try {
      var basic = new OfficeBasic(office.context());
      removeLibraries(basic);
      if (!closeDocuments(basic)) {
        return Optional.of("a document of the last job stays open");
      }
      return damage(basic);
    } catch (com.sun.star.lang.WrappedTargetException
        | com.sun.star.container.NoSuchElementException
        | com.sun.star.uno.RuntimeException
        | IllegalStateException e) {
      return Optional.of("it cannot be cleaned: " + e);
    }
  }

  private static void removeLibraries(OfficeBasic basic)
      throws com.sun.star.container.NoSuchElementException,
          com.sun.star.lang.WrappedTargetException {
    var container =
        basic.service(
            XLibraryContainer2.class, "com.sun.star.script.ApplicationScriptLibraryContainer");
    for (var name : basic.libraryNames()) {
      if (!KEPT.contains(name) && !container.isLibraryLink(name)) {
        container.removeLibrary(name);
      }
    }
  }

  private static boolean closeDocuments(OfficeBasic basic)
      throws com.sun.star.container.NoSuchElementException,
          com.sun.star.lang.WrappedTargetException {
    var desktop = basic.service(XDesktop.class, "com.sun.star.frame.Desktop");
    var all = desktop.getComponents().createEnumeration();
    while (all.hasMoreElements()) {
      var document = UnoRuntime.queryInterface(XCloseable.class, all.nextElement());
      try {
        if (document != null) {
          document.close(true);
        }
      } catch (com.sun.star.util.CloseVetoException e) {
        return false;
      }
    }
    return BasicIde.close(basic) && isEmpty(desktop.getComponents().createEnumeration());
  }

  private static boolean isEmpty(XEnumeration documents) {
    return !documents.hasMoreElements();
  }

  private static Optional<String> damage(OfficeBasic basic) {
    if (basic.hasLibrary(STANDARD) && !basic.modules(STANDARD).isEmpty()) {
      return Optional.of("the last job left modules in the Basic library Standard");
    }
    return intact(basic, AutoOOo.LIBRARY, AutoOOo.modules())
            && intact(basic, BasicState.LIBRARY, BasicState.modules())
        ? Optional.empty()
        : Optional.of("the last job changed our Basic libraries");
  }

  private static boolean intact(OfficeBasic basic, String library, List<BasicModule> ours) {
    return basic.hasLibrary(library) && sources(basic.modules(library)).equals(sources(ours));
  }

  private static Set<String> sources(List<BasicModule> modules) {
    var sources = new HashSet<String>();
    for (var module : modules) {
      sources.add(module.name() + '\n' + module.source());
    }
    return sources;
  }
}
