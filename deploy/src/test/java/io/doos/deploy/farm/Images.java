package io.doos.deploy.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Images of one colour, and what becomes of them in pages. */
final class Images {

  private Images() {}

  /** A small image. */
  static byte[] png(Color colour) throws IOException {
    var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, colour.getRGB());
    }
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  /**
   * The upper left colour of each image in a PDF, as poppler sees it.
   *
   * @param folder for what is in between
   */
  static List<Integer> colours(byte[] pdf, Path folder) throws Exception {
    var own = Files.createTempDirectory(folder, "images");
    var file = Files.write(own.resolve("pages.pdf"), pdf);
    var extract =
        new ProcessBuilder("pdfimages", "-png", file.toString(), own.resolve("i").toString())
            .inheritIO()
            .start();
    assertThat(extract.waitFor()).isZero();
    var colours = new ArrayList<Integer>();
    try (var images = Files.newDirectoryStream(own, "*.png")) {
      for (var image : images) {
        colours.add(roughly(ImageIO.read(image.toFile()).getRGB(0, 0)));
      }
    }
    return colours;
  }

  /** Conversions between colour spaces take a step or two off, or add them. */
  static int roughly(int colour) {
    return colour & 0xFFC0C0C0;
  }
}
