package io.doos.worker.engine;

import com.sun.star.container.ContainerEvent;
import com.sun.star.container.XContainer;
import com.sun.star.container.XContainerListener;
import com.sun.star.container.XNameAccess;
import com.sun.star.document.DocumentEvent;
import com.sun.star.document.XDocumentEventListener;
import com.sun.star.document.XEmbeddedScripts;
import com.sun.star.lang.EventObject;
import com.sun.star.script.XLibraryContainer;
import com.sun.star.uno.UnoRuntime;

/**
 * Notices Basic that came in another way than with the job's own sources, which are looked through
 * for what may outlive it ({@link MacroSources#leavesTraces}): a library or module that a macro
 * made, or a document's own that might run. Nobody can tell what such code has left in the office.
 *
 * <p>Called by the thread that runs the macro or closes the document, from within its call.
 */
final class TraceWatch implements XContainerListener, XDocumentEventListener {

  private static final String LAST_MOMENT = "OnUnload";

  private volatile boolean watching;
  private volatile boolean traces;

  /** Watches a container of libraries or modules from now on. */
  void watch(Object container) {
    OfficeBasic.query(XContainer.class, container).addContainerListener(this);
  }

  /** From now on, changes are a macro's. */
  void begin() {
    watching = true;
  }

  /** From now on, changes are ours. */
  void end() {
    watching = false;
  }

  /** Whether other Basic may have run in this office, ever. */
  boolean traces() {
    return traces;
  }

  @Override
  public void elementInserted(ContainerEvent event) {
    traces |= watching;
  }

  @Override
  public void elementRemoved(ContainerEvent event) {
    traces |= watching;
  }

  @Override
  public void elementReplaced(ContainerEvent event) {
    traces |= watching;
  }

  @Override
  public void documentEventOccured(DocumentEvent event) {
    if (event.EventName.equals(LAST_MOMENT) && !traces) {
      try {
        traces = hasBasic(UnoRuntime.queryInterface(XEmbeddedScripts.class, event.Source));
      } catch (com.sun.star.uno.Exception | com.sun.star.uno.RuntimeException e) {
        traces = true; // it went faster than we could look
      }
    }
  }

  private static boolean hasBasic(@org.jspecify.annotations.Nullable XEmbeddedScripts document)
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
