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
import org.jspecify.annotations.Nullable;

/**
 * A frame for documents that nobody looks at, one after the other. LibreOffice makes a frame of its
 * own, with a window and all bars of tools, for each document that is loaded any other way: a tenth
 * of the time of a small one, and more. This one has no bars, and is not among the desktop's
 * frames; a macro finds it by its window only. For one thread at a time; every method throws {@code
 * DisposedException} when the office, or such a macro, has ended it.
 */
record UnseenFrame(XFrame frame, XComponentLoader loader) {

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

  /** Loads what is at {@code url}; answers nothing when it cannot be loaded. */
  @Nullable XComponent load(String url, PropertyValue[] arguments)
      throws com.sun.star.io.IOException, com.sun.star.lang.IllegalArgumentException {
    return loader.loadComponentFromURL(url, "_self", 0, arguments);
  }

  /** Takes the document out; it is then still to be closed. */
  void clear() {
    frame.setComponent(null, null);
  }
}
