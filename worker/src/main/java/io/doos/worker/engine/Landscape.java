package io.doos.worker.engine;

import com.sun.star.beans.PropertyVetoException;
import com.sun.star.beans.UnknownPropertyException;
import com.sun.star.beans.XPropertySet;
import com.sun.star.container.NoSuchElementException;
import com.sun.star.container.XNameAccess;
import com.sun.star.lang.WrappedTargetException;
import com.sun.star.lang.XComponent;
import com.sun.star.style.XStyleFamiliesSupplier;
import com.sun.star.uno.AnyConverter;
import com.sun.star.uno.UnoRuntime;
import io.doos.common.status.ErrorCode;

/**
 * Lays the pages of a text document or a spreadsheet across. Other documents have pages of the
 * shape that their contents need, and keep it.
 */
final class Landscape {

  private static final String PAGE_STYLES = "PageStyles";

  private Landscape() {}

  /**
   * Turns all page styles that stand upright.
   *
   * @throws DocumentFault when the document does not let itself be turned
   */
  static void turn(XComponent document) throws DocumentFault {
    var supplier = UnoRuntime.queryInterface(XStyleFamiliesSupplier.class, document);
    if (supplier == null || !supplier.getStyleFamilies().hasByName(PAGE_STYLES)) {
      return;
    }
    try {
      var styles =
          UnoRuntime.queryInterface(
              XNameAccess.class, supplier.getStyleFamilies().getByName(PAGE_STYLES));
      for (var name : styles.getElementNames()) {
        turn(UnoRuntime.queryInterface(XPropertySet.class, styles.getByName(name)));
      }
    } catch (NoSuchElementException
        | WrappedTargetException
        | UnknownPropertyException
        | PropertyVetoException e) {
      throw new DocumentFault(
          ErrorCode.BAD_DOCUMENT, "its pages cannot be laid across: " + e.getMessage());
    }
  }

  private static void turn(XPropertySet style)
      throws UnknownPropertyException, WrappedTargetException, PropertyVetoException {
    var width = AnyConverter.toInt(style.getPropertyValue("Width"));
    var height = AnyConverter.toInt(style.getPropertyValue("Height"));
    if (width < height) {
      style.setPropertyValue("IsLandscape", true);
      style.setPropertyValue("Width", height);
      style.setPropertyValue("Height", width);
    }
  }
}
