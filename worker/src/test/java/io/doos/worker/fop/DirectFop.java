package io.doos.worker.fop;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.SAXParserFactory;
import org.apache.fop.apps.FopFactory;
import org.apache.fop.apps.FopFactoryBuilder;

/**
 * Apache FOP as a program calls it that trusts its documents: in the program's own process, by one
 * factory for all, with the same fonts as a formatter has. For one thread.
 */
public final class DirectFop {

  private final FopFactory factory;
  private final SAXParserFactory parsers = SAXParserFactory.newInstance();

  /**
   * @param fonts the folders of its fonts
   * @param images what references of documents are relative to
   */
  public DirectFop(List<Path> fonts, Path images) throws Exception {
    factory =
        new FopFactoryBuilder(images.toUri())
            .setConfiguration(InstalledFonts.in(fonts).configuration(false))
            .build();
    parsers.setNamespaceAware(true);
  }

  /** Formats the file {@code document} into a new file, {@code pages}, in PDF. */
  public void format(Path document, Path pages) throws Exception {
    Files.deleteIfExists(pages);
    try (var in = new BufferedInputStream(Files.newInputStream(document));
        var out = new BufferedOutputStream(Files.newOutputStream(pages), 64 * 1024)) {
      var fop = factory.newFop("application/pdf", factory.newFOUserAgent(), out);
      parsers.newSAXParser().parse(in, fop.getDefaultHandler());
    }
  }
}
