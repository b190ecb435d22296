package io.doos.worker.engine;

import com.sun.star.container.NoSuchElementException;
import com.sun.star.container.XNameContainer;
import com.sun.star.container.XSet;
import com.sun.star.datatransfer.clipboard.XClipboard;
import com.sun.star.document.DocumentEvent;
import com.sun.star.document.XDocumentEventBroadcaster;
import com.sun.star.document.XDocumentEventListener;
import com.sun.star.document.XTypeDetection;
import com.sun.star.frame.XDesktop;
import com.sun.star.frame.XFrames;
import com.sun.star.frame.XFramesSupplier;
import com.sun.star.lang.EventObject;
import com.sun.star.lang.XMultiComponentFactory;
import com.sun.star.reflection.InvocationTargetException;
import com.sun.star.script.XLibraryContainer2;
import com.sun.star.script.provider.ScriptFrameworkErrorException;
import com.sun.star.script.provider.XScript;
import com.sun.star.script.provider.XScriptProvider;
import com.sun.star.script.provider.XScriptProviderFactory;
import com.sun.star.uno.UnoRuntime;
import com.sun.star.uno.XComponentContext;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Basic of one office: its application libraries and the calls into them. Nothing of it is
 * stored on disk. Every method throws {@code DisposedException} once the office has gone.
 */
final class OfficeBasic {

  private final XComponentContext context;
  private final XMultiComponentFactory services;
  private final XLibraryContainer2 libraries;
  private final XScriptProvider scripts;
  private final XDesktop desktop;
  private final XTypeDetection typeDetection;
  private final XClipboard clipboard;
  private final XFrames frames;
  private final XDocumentEventBroadcaster events;
  private final ErrorWatch errorWatch;
  private final TraceWatch traceWatch = new TraceWatch();
  private final XDocumentEventListener listener = new DocumentEvents();
  private final TerminationWatch termination = new TerminationWatch();
  private volatile @Nullable Set<String> kept;
  private volatile @Nullable UnseenFrame unseenFrame;

  OfficeBasic(XComponentContext context) {
    this.context = context;
    this.services = context.getServiceManager();
    this.libraries =
        service(XLibraryContainer2.class, "com.sun.star.script.ApplicationScriptLibraryContainer");
    this.desktop = service(XDesktop.class, "com.sun.star.frame.Desktop");
    this.frames = query(XFramesSupplier.class, desktop).getFrames();
    this.typeDetection = service(XTypeDetection.class, "com.sun.star.document.TypeDetection");
    this.events =
        query(
            XDocumentEventBroadcaster.class,
            context.getValueByName("/singletons/com.sun.star.frame.theGlobalEventBroadcaster"));
    this.errorWatch = new ErrorWatch(this);
    this.clipboard =
        service(XClipboard.class, "com.sun.star.datatransfer.clipboard.SystemClipboard");
    events.addDocumentEventListener(listener);
    traceWatch.watch(libraries);
    desktop.addTerminateListener(termination);
    try {
      this.scripts =
          query(
                  XScriptProviderFactory.class,
                  context.getValueByName(
                      "/singletons/com.sun.star.script.provider.theMasterScriptProviderFactory"))
              .createScriptProvider("");
    } catch (com.sun.star.lang.IllegalArgumentException e) {
      throw new IllegalStateException("the office has no Basic", e);
    }
  }

  static <T> T query(Class<T> type, @Nullable Object object) {
    var found = UnoRuntime.queryInterface(type, object);
    if (found == null) {
      throw new IllegalStateException("the office answers no " + type.getName());
    }
    return found;
  }

  /** A new instance, or the one there is, of the office's service {@code name}. */
  <T> T service(Class<T> type, String name) {
    try {
      return query(type, services.createInstanceWithContext(name, context));
    } catch (com.sun.star.uno.RuntimeException e) {
      throw e;
    } catch (com.sun.star.uno.Exception e) {
      throw new IllegalStateException("the office has no service " + name, e);
    }
  }

  /** Takes an implementation of a service out of the office; harmless when it has none. */
  void forget(String implementation) {
    try {
      query(XSet.class, services).remove(implementation);
    } catch (NoSuchElementException e) {
      // it is not installed
    } catch (com.sun.star.lang.IllegalArgumentException e) {
      throw new IllegalStateException("the office does not forget " + implementation, e);
    }
  }

  /** Tells of the errors of the one macro that runs. */
  ErrorWatch errorWatch() {
    return errorWatch;
  }

  /** Tells of Basic that is not the job's own. */
  TraceWatch traceWatch() {
    return traceWatch;
  }

  /** Whether the office was told to terminate. */
  boolean isEnding() {
    return termination.ending();
  }

  /** Where documents are loaded that nobody looks at; made anew when it has been ended. */
  UnseenFrame unseenFrame() {
    var frame = unseenFrame;
    if (frame == null || (frame.isEmpty() && !frame.lives())) {
      frame = UnseenFrame.in(this);
      unseenFrame = frame;
    }
    return frame;
  }

  /**
   * Closes what a conversion left in the unseen frame, without hearing of it.
   *
   * @return whether nothing is left open there
   */
  boolean emptyUnseenFrame() {
    var frame = unseenFrame;
    if (frame == null || frame.isEmpty()) {
      return true;
    }
    try (var _ = silence()) {
      frame.empty();
    }
    return frame.isEmpty();
  }

  /** Finds out what a file is. */
  XTypeDetection typeDetection() {
    return typeDetection;
  }

  /** Takes out of the office's clipboard what was copied; it may outlive the document it is of. */
  void emptyClipboard() {
    clipboard.setContents(null, null);
  }

  /**
   * Hears nothing of documents until it is closed: for each event the office waits for us, some
   * fifteen times a document.
   */
  Silence silence() {
    events.removeDocumentEventListener(listener);
    return () -> events.addDocumentEventListener(listener);
  }

  /** While nothing is heard. */
  interface Silence extends AutoCloseable {
    @Override
    void close();
  }

  /** All top frames. */
  XFrames frames() {
    return frames;
  }

  /** Where the office tells of every document's events, and of its dialogs. */
  XDocumentEventBroadcaster events() {
    return events;
  }

  /** The libraries of a clean office: the installation's, the user's own, and ours. */
  Set<String> keptLibraries() {
    var kept = this.kept;
    if (kept == null) {
      kept =
          Stream.concat(
                  libraryNames().stream().filter(this::isInstalled),
                  Stream.of(OfficeCleaning.STANDARD, AutoOOo.LIBRARY, BasicState.LIBRARY))
              .collect(Collectors.toSet());
      this.kept = kept;
    }
    return kept;
  }

  /** Whether {@code library} belongs to the installation rather than to the user. */
  private boolean isInstalled(String library) {
    try {
      return libraries.isLibraryLink(library);
    } catch (NoSuchElementException e) {
      return false;
    }
  }

  List<String> libraryNames() {
    return List.of(libraries.getElementNames());
  }

  /** Makes {@code library} hold exactly {@code modules}, all their variables fresh. */
  void load(String library, List<BasicModule> modules) {
    unload(library);
    try (var _ = traceWatch.ours()) {
      var container = libraries.createLibrary(library);
      for (var module : modules) {
        container.insertByName(module.name(), module.source());
      }
      traceWatch.watch(container);
    } catch (com.sun.star.uno.RuntimeException e) {
      throw e;
    } catch (com.sun.star.uno.Exception e) {
      throw new IllegalStateException("the Basic library " + library + " cannot be loaded", e);
    }
  }

  /** Removes all modules of a library that itself cannot be removed, if it is there. */
  void empty(String library) {
    if (!libraries.hasByName(library)) {
      return;
    }
    try (var _ = traceWatch.ours()) {
      libraries.loadLibrary(library);
      var container = query(XNameContainer.class, libraries.getByName(library));
      traceWatch.watch(container);
      for (var name : container.getElementNames()) {
        container.removeByName(name);
      }
    } catch (NoSuchElementException | com.sun.star.lang.WrappedTargetException e) {
      throw new IllegalStateException("the Basic library " + library + " cannot be emptied", e);
    }
  }

  /** Removes {@code library}; harmless when it is not there. */
  void unload(String library) {
    try (var _ = traceWatch.ours()) {
      if (libraries.hasByName(library)) {
        libraries.removeLibrary(library);
      }
    } catch (NoSuchElementException e) {
      // gone already
    } catch (com.sun.star.lang.WrappedTargetException e) {
      throw new IllegalStateException("the Basic library " + library + " cannot be removed", e);
    }
  }

  /**
   * Calls a routine. Basic errors are silent: it then answers whatever the routine had as its
   * value.
   *
   * @throws ScriptFrameworkErrorException when there is no such routine, or it wants more arguments
   */
  @Nullable Object call(String library, String module, String routine, Object... arguments)
      throws ScriptFrameworkErrorException {
    return invoke(script(library, module, routine), arguments);
  }

  /**
   * Looks a routine up without running anything.
   *
   * @throws ScriptFrameworkErrorException when there is none
   */
  XScript script(String library, String module, String routine)
      throws ScriptFrameworkErrorException {
    return scripts.getScript(
        "vnd.sun.star.script:"
            + library
            + '.'
            + module
            + '.'
            + routine
            + "?language=Basic&location=application");
  }

  /** Runs a routine; see {@link #call}. */
  static @Nullable Object invoke(XScript script, Object... arguments)
      throws ScriptFrameworkErrorException {
    try {
      return script.invoke(arguments, new short[1][0], new Object[1][0]);
    } catch (InvocationTargetException e) {
      throw new ScriptFrameworkErrorException(e.getMessage());
    }
  }

  /** One listener for both watches: the office waits for each it has, at each event. */
  private final class DocumentEvents implements XDocumentEventListener {
    @Override
    public void documentEventOccured(DocumentEvent event) {
      errorWatch.hear(event);
      traceWatch.hear(event);
    }

    @Override
    public void disposing(EventObject source) {}
  }
}
