package io.doos.worker.engine;

import com.sun.star.frame.XDesktop;
import com.sun.star.frame.XFrame;
import com.sun.star.frame.XFramesSupplier;
import com.sun.star.frame.XTitle;
import com.sun.star.util.CloseVetoException;
import com.sun.star.util.XCloseable;
import java.util.ArrayList;
import java.util.List;

/** The Basic IDE that the office opens, invisibly, over an error that nobody handles. */
final class BasicIde {

  private static final String TITLE_END = " Basic";

  private BasicIde() {}

  static boolean isOpen(OfficeBasic basic) {
    return !frames(basic).isEmpty();
  }

  /** Closes it; false when the office refuses. */
  static boolean close(OfficeBasic basic) {
    try {
      for (var frame : frames(basic)) {
        OfficeBasic.query(XCloseable.class, frame).close(true);
      }
      return true;
    } catch (CloseVetoException e) {
      return false;
    }
  }

  private static List<XFrame> frames(OfficeBasic basic) {
    var all =
        OfficeBasic.query(
                XFramesSupplier.class, basic.service(XDesktop.class, "com.sun.star.frame.Desktop"))
            .getFrames();
    var found = new ArrayList<XFrame>();
    for (var i = 0; i < all.getCount(); i++) {
      try {
        var frame = OfficeBasic.query(XFrame.class, all.getByIndex(i));
        if (OfficeBasic.query(XTitle.class, frame).getTitle().endsWith(TITLE_END)) {
          found.add(frame);
        }
      } catch (com.sun.star.lang.IndexOutOfBoundsException
          | com.sun.star.lang.WrappedTargetException e) {
        break; // the frame closed meanwhile
      }
    }
    return found;
  }
}
