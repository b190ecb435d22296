package io.doos.worker.engine;

import com.sun.star.frame.XTitle;

/** The Basic IDE that the office opens, invisibly, over an error that nobody handles. */
final class BasicIde {

  private static final String TITLE_END = " Basic";

  private BasicIde() {}

  static boolean isOpen(OfficeBasic basic) {
    var frames = basic.frames();
    for (var i = frames.getCount() - 1; i >= 0; i--) {
      if (title(basic, i).endsWith(TITLE_END)) {
        return true;
      }
    }
    return false;
  }

  private static String title(OfficeBasic basic, int index) {
    try {
      return OfficeBasic.query(XTitle.class, basic.frames().getByIndex(index)).getTitle();
    } catch (com.sun.star.lang.IndexOutOfBoundsException
        | com.sun.star.lang.WrappedTargetException e) {
      return ""; // the frame closed meanwhile
    }
  }
}
