package io.doos.worker.engine;

import com.sun.star.awt.Rectangle;
import com.sun.star.awt.WindowClass;
import com.sun.star.awt.WindowDescriptor;
import com.sun.star.awt.XToolkit;
import com.sun.star.awt.XWindow;
import com.sun.star.beans.PropertyValue;
import com.sun.star.beans.PropertyVetoException;
import com.sun.star.beans.UnknownPropertyException;
import com.sun.star.beans.XPropertySet;
import com.sun.star.frame.XComponentLoader;
import com.sun.star.frame.XFrame;
import com.sun.star.lang.WrappedTargetException;
import com.sun.star.lang.XComponent;
import com.sun.star.uno.Any;
import com.sun.star.uno.UnoRuntime;
import com.sun.star.util.CloseVetoException;
import com.sun.star.util.XCloseable;
import org.jspecify.annotations.Nullable;

/**
 * A frame for documents that nobody looks at, one after the other. LibreOffice makes a frame of its
 * own, with a window and all bars of tools, for each document that is loaded any other way: a tenth
 * of the time of a small one, and more. This one has no bars, and is not among the desktop's
 * frames; a macro finds it by its window only. For one thread at a time, and no job waits until its
 * document is closed; every method throws {@code DisposedException} when the office, or such a
 * macro, has ended it.
 */
final class UnseenFrame {

  private final XFrame frame;
  private final XComponentLoader loader;
  private @Nullable XComponent document;
  private boolean unclosed;

  private UnseenFrame(XFrame frame, XComponentLoader loader) {
    this.frame = frame;
    this.loader = loader;
  }

  static UnseenFrame in(OfficeBasic office) {
    var frame = office.service(XFrame.class, "com.sun.star.frame.Frame");
    frame.initialize(window(office));
    try {
      OfficeBasic.query(XPropertySet.class, frame).setPropertyValue("LayoutManager", Any.VOID);
    } catch (UnknownPropertyException
        | PropertyVetoException
        | com.sun.star.lang.IllegalArgumentException
        | WrappedTargetException e) {
      throw new IllegalStateException("the office's frames cannot be without bars", e);
    }
    return new UnseenFrame(frame, OfficeBasic.query(XComponentLoader.class, frame));
  }

  private static XWindow window(OfficeBasic office) {
    var window = new WindowDescriptor();
    window.Type = WindowClass.TOP;
    window.WindowServiceName = "window";
    window.ParentIndex = -1;
    window.Bounds = new Rectangle();
    try {
      return OfficeBasic.query(
          XWindow.class,
          office.service(XToolkit.class, "com.sun.star.awt.Toolkit").createWindow(window));
    } catch (com.sun.star.lang.IllegalArgumentException e) {
      throw new IllegalStateException("the office makes no windows", e);
    }
  }

  /** Whether it is still there. */
  boolean lives() {
    try {
      return frame.getContainerWindow() != null;
    } catch (com.sun.star.lang.DisposedException e) {
      return false;
    }
  }

  /**
   * Loads what is at {@code url} in place of what it held; answers nothing when it cannot be
   * loaded. What is loaded stays until the next comes, or {@link #empty}.
   */
  @Nullable XComponent load(String url, PropertyValue[] arguments)
      throws com.sun.star.io.IOException, com.sun.star.lang.IllegalArgumentException {
    empty();
    document = loader.loadComponentFromURL(url, "_self", 0, arguments);
    return document;
  }

  /**
   * Whether all that it ever held are closed. One that is not, nobody finds who looks for open
   * documents.
   */
  boolean isEmpty() {
    return document == null && !unclosed;
  }

  /** Closes the document that it holds, if any. */
  void empty() {
    var held = document;
    if (held == null) {
      return;
    }
    var wereUnclosed = unclosed;
    document = null;
    unclosed = true;
    frame.setComponent(null, null);
    try {
      var closeable = UnoRuntime.queryInterface(XCloseable.class, held);
      if (closeable != null) {
        closeable.close(true);
      } else {
        held.dispose();
      }
      unclosed = wereUnclosed;
    } catch (CloseVetoException e) {
      // it stays
    }
  }
}
