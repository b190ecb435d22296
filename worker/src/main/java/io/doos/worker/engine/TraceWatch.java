package io.doos.worker.engine;

import com.sun.star.container.ContainerEvent;
import com.sun.star.container.XContainer;
import com.sun.star.container.XContainerListener;
import com.sun.star.container.XNameAccess;
import com.sun.star.document.DocumentEvent;
import com.sun.star.document.XEmbeddedScripts;
import com.sun.star.lang.EventObject;
import com.sun.star.script.XLibraryContainer;
import com.sun.star.uno.UnoRuntime;
import org.jspecify.annotations.Nullable;

/**
 * Notices Basic that came in another way than with the job's own sources, which are looked through
 * for what may outlive it ({@link MacroSources#leavesTraces}): a library or module that a macro or
 * a UNO client made, changed or removed, ours included, or a document's own that might run. Nobody
 * can tell what such code has left in the office.
 *
 * <p>Called by the thread that runs the macro or closes the document, from within its call.
 */
final class TraceWatch implements XContainerListener {

  private static final String LAST_MOMENT = "OnUnload";

  private volatile @Nullable Thread changing;
  private volatile boolean traces;

  /** Watches a container of libraries or modules from now on. */
  void watch(Object container) {
    OfficeBasic.query(XContainer.class, container).addContainerListener(this);
  }

  /** Until it is closed, what this thread has the office change is our own doing. */
  Ours ours() {
    changing = Thread.currentThread();
    return () -> changing = null;
  }

  /** While changes are ours. */
  interface Ours extends AutoCloseable {
    @Override
    void close();
  }

  /** Whether other Basic may have run in this office, ever. */
  boolean traces() {
    return traces;
  }

  @Override
  public void elementInserted(ContainerEvent event) {
    changed();
  }

  @Override
  public void elementRemoved(ContainerEvent event) {
    changed();
  }

  @Override
  public void elementReplaced(ContainerEvent event) {
    changed();
  }

  /** The office tells of a change on the thread that asked for it, before it answers. */
  private void changed() {
    if (Thread.currentThread() != changing) {
      traces = true;
    }
  }

  /** Hears of an event of any document. */
  void hear(DocumentEvent event) {
    if (event.EventName.equals(LAST_MOMENT) && !traces) {
      try {
        if (hasBasic(UnoRuntime.queryInterface(XEmbeddedScripts.class, event.Source))) {
          traces = true;
        }
      } catch (com.sun.star.uno.Exception | com.sun.star.uno.RuntimeException e) {
        traces = true; // it went faster than we could look
      }
    }
  }

  private static boolean hasBasic(@Nullable XEmbeddedScripts document)
      throws com.sun.star.uno.Exception {
    if (document == null || !document.getAllowMacroExecution()) {
      return false;
    }
    var libraries = OfficeBasic.query(XLibraryContainer.class, document.getBasicLibraries());
    for (var name : libraries.getElementNames()) {
      if (libraries.isLibraryLoaded(name)
          && OfficeBasic.query(XNameAccess.class, libraries.getByName(name)).hasElements()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void disposing(EventObject source) {}
}
