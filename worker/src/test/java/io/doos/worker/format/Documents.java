package io.doos.worker.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.job.Work;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
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

  /** A job's files: a document, to which more may be added. */
  static Map<String, byte[]> document(String text) {
    var files = new HashMap<String, byte[]>();
    files.put("doc.fo", text.getBytes(UTF_8));
    return files;
  }

  /** That document into a PDF. */
  static Work.Format toPdf(Map<String, String> options) {
    return new Work.Format("doc.fo", "application/pdf", Work.Format.References.NONE, options);
  }

  /** A small drawing with this in it. */
  static byte[] svg(String content) {
    return ("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
            + " width='20' height='20'>"
            + content
            + "</svg>")
        .getBytes(UTF_8);
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

  /**
   * A sound PNG of few megabytes that is a square of so many pixels, red, green, blue and alpha.
   */
  static byte[] bomb(int pixels) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    var header = ByteBuffer.allocate(13).putInt(pixels).putInt(pixels);
    header.put((byte) 8).put((byte) 6);
    chunk(bytes, "IHDR", header.array());
    chunk(bytes, "IDAT", zeros(pixels * (4L * pixels + 1)));
    chunk(bytes, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  /** So many zeros, deflated; a part that is the same each time is deflated once only. */
  private static byte[] zeros(long count) {
    var part = new byte[1 << 20];
    var room = new byte[1 << 16];
    var all = new ByteArrayOutputStream();
    try (var deflater = new Deflater()) {
      deflater.setInput(part);
      all.write(room, 0, deflater.deflate(room, 0, room.length, Deflater.FULL_FLUSH));
      deflater.setInput(part);
      var length = deflater.deflate(room, 0, room.length, Deflater.FULL_FLUSH);
      for (long done = part.length; done < count; done += part.length) {
        all.write(room, 0, length);
      }
    }
    return all.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data)
      throws IOException {
    var named = ByteBuffer.allocate(4 + data.length).put(type.getBytes(US_ASCII)).put(data).array();
    var crc = new CRC32();
    crc.update(named);
    png.write(ByteBuffer.allocate(4).putInt(data.length).array());
    png.write(named);
    png.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
