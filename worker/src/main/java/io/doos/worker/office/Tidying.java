package io.doos.worker.office;

import com.sun.star.container.XIndexAccess;
import com.sun.star.frame.XDesktop;
import com.sun.star.frame.XFramesSupplier;
import com.sun.star.lang.XComponent;
import com.sun.star.uno.UnoRuntime;
import com.sun.star.uno.XComponentContext;
import com.sun.star.util.CloseVetoException;
import com.sun.star.util.XCloseable;
import com.sun.star.util.XFlushable;
import java.util.ArrayList;

/**
 * What a job leaves inside an office, seen through UNO: documents, and frames without one, such as
 * the Basic editor that opens unseen when a macro fails.
 */
final class Tidying {

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

  /** Closes all documents and frames without saving; answers whether none is left. */
  boolean closeAll() throws com.sun.star.uno.Exception {
    var open = new ArrayList<Object>();
    for (var each = desktop.getComponents().createEnumeration(); each.hasMoreElements(); ) {
      open.add(each.nextElement());
    }
    for (var document : open) {
      close(document);
    }
    for (var index = frames.getCount() - 1; index >= 0; index--) {
      close(frames.getByIndex(index));
    }
    return frames.getCount() == 0 && !desktop.getComponents().hasElements();
  }

  private static void close(Object object) {
    var closeable = UnoRuntime.queryInterface(XCloseable.class, object);
    try {
      if (closeable != null) {
        closeable.close(true);
      } else {
        UnoLink.query(XComponent.class, object).dispose();
      }
    } catch (CloseVetoException e) {
      // it stays, and is counted as left
    }
  }

  /** Has the office write changes of its configuration into its profile now, not in a second. */
  void flushConfiguration() {
    configuration.flush();
  }
}
