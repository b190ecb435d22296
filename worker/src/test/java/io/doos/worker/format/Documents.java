package io.doos.worker.format;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** XSL-FO documents and images for tests. */
final class Documents {

  private Documents() {}

  /** A document of one page with this in its flow. */
  static String page(String flow) {
    return """
    <fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:svg="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
      <fo:layout-master-set>
        <fo:simple-page-master master-name="p" page-width="100mm" page-height="100mm"><fo:region-body margin="10mm"/></fo:simple-page-master>
      </fo:layout-master-set>
      <fo:page-sequence master-reference="p"><fo:flow flow-name="xsl-region-body">%s</fo:flow></fo:page-sequence>
    </fo:root>
    """
        .formatted(flow);
  }

  /** A block with a text. */
  static String block(String text) {
    return "<fo:block>" + text + "</fo:block>";
  }

  /** A block with an image. */
  static String image(String source) {
    return block("<fo:external-graphic src=\"" + source + "\"/>");
  }

  /** A small image of one colour. */
  static byte[] png(Color color) throws IOException {
    var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 8; x++) {
      for (int y = 0; y < 8; y++) {
        image.setRGB(x, y, color.getRGB());
      }
    }
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
