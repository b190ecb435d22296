package io.doos.worker.fop;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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

  /** Formats {@code document} to PDF. */
  public byte[] format(byte[] document) throws Exception {
    var pages = new ByteArrayOutputStream();
    var fop = factory.newFop("application/pdf", factory.newFOUserAgent(), pages);
    parsers.newSAXParser().parse(new ByteArrayInputStream(document), fop.getDefaultHandler());
    return pages.toByteArray();
  }
}
