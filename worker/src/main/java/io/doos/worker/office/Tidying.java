package io.doos.worker.office;

import com.sun.star.container.XIndexAccess;
import com.sun.star.frame.XDesktop;
import com.sun.star.frame.XFramesSupplier;
import com.sun.star.lang.DisposedException;
import com.sun.star.lang.XComponent;
import com.sun.star.lang.XServiceInfo;
import com.sun.star.uno.UnoRuntime;
import com.sun.star.uno.XComponentContext;
import com.sun.star.util.CloseVetoException;
import com.sun.star.util.XCloseable;
import com.sun.star.util.XFlushable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a job leaves inside an office, seen through UNO: documents, and frames without one, such as
 * the Basic editor that opens unseen when a macro fails.
 */
final class Tidying {

  private static final int MOST_ROUNDS = 3;

  private final XDesktop desktop;
  private final XIndexAccess frames;
  private final XFlushable configuration;

  Tidying(XComponentContext context) throws com.sun.star.uno.Exception {
    this.desktop =
        UnoLink.query(
            XDesktop.class,
            context
                .getServiceManager()
                .createInstanceWithContext("com.sun.star.frame.Desktop", context));
    this.frames = UnoLink.query(XFramesSupplier.class, desktop).getFrames();
    this.configuration =
        UnoLink.query(
            XFlushable.class,
            context.getValueByName("/singletons/com.sun.star.configuration.theDefaultProvider"));
  }

  /** Asks for what only whoever holds the office's one great lock can tell; a macro may have it. */
  boolean answers() {
    var _ = desktop.getCurrentComponent();
    return true;
  }

  /**
   * Closes all documents without saving, and frames that have none.
   *
   * @return what is open and stays so. The Basic editor is not touched: to close it, or to remove a
   *     library that it shows, was seen to crash LibreOffice 7.4 in about one of fifty cases
   */
  Optional<String> closeAll() throws com.sun.star.uno.Exception {
    // what is closed may take others with it, or make others appear
    for (var round = 0; round < MOST_ROUNDS && somethingOpen(); round++) {
      if (components().stream().anyMatch(Tidying::isBasicEditor)) {
        return Optional.of("the Basic editor, which opens unseen when a macro fails");
      }
      components().forEach(Tidying::close);
      frames().forEach(Tidying::close);
    }
    return somethingOpen() ? Optional.of("a document that does not close") : Optional.empty();
  }

  private boolean somethingOpen() {
    return frames.getCount() > 0 || desktop.getComponents().hasElements();
  }

  private List<Object> components() throws com.sun.star.uno.Exception {
    var open = new ArrayList<Object>();
    for (var each = desktop.getComponents().createEnumeration(); each.hasMoreElements(); ) {
      open.add(each.nextElement());
    }
    return open;
  }

  private List<Object> frames() throws com.sun.star.uno.Exception {
    var open = new ArrayList<>();
    for (var index = frames.getCount() - 1; index >= 0; index--) {
      open.add(frames.getByIndex(index));
    }
    return open;
  }

  private static boolean isBasicEditor(Object component) {
    var info = UnoRuntime.queryInterface(XServiceInfo.class, component);
    return info != null && info.supportsService("com.sun.star.script.BasicIDE");
  }

  private static void close(Object object) {
    try {
      var closeable = UnoRuntime.queryInterface(XCloseable.class, object);
      if (closeable != null) {
        closeable.close(true);
      } else {
        UnoLink.query(XComponent.class, object).dispose();
      }
    } catch (CloseVetoException e) {
      // it stays, and is counted as left
    } catch (DisposedException e) {
      // it went with another; if the whole office did, the next call says so
    }
  }

  /** Has the office write changes of its configuration into its profile now, not in a second. */
  void flushConfiguration() {
    configuration.flush();
  }
}
