package io.doos.worker.fop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.fop.apps.EnvironmentalProfileFactory;
import org.apache.fop.apps.FopFactory;
import org.apache.fop.apps.FopFactoryBuilder;
import org.apache.xmlgraphics.io.Resource;
import org.apache.xmlgraphics.io.ResourceResolver;
import org.jspecify.annotations.Nullable;

/**
 * FOP's factories. One keeps images and colour profiles by their names, across documents that mean
 * different ones by the same name; but making one, with the fonts of a machine, takes a third of a
 * small document's time. So it serves as long as documents ask for no file, and is thrown away
 * after the first that does. For one document at a time.
 */
final class Factories {

  private final InstalledFonts fonts;
  private final ResourceResolver resolver;
  private @Nullable Kept kept;

  private record Kept(URI base, Map<String, String> options, FopFactory factory) {}

  /**
   * @param current what the document at work can reach
   */
  Factories(InstalledFonts fonts, AtomicReference<@Nullable JobResources> current) {
    this.fonts = fonts;
    this.resolver = new OfTheDocumentAtWork(current);
  }

  /** A factory in which nothing of another document is left. */
  FopFactory factory(URI base, Map<String, String> asked, FopOptions options) {
    var usable = kept;
    if (usable == null || !usable.base.equals(base) || !usable.options.equals(asked)) {
      usable = new Kept(base, Map.copyOf(asked), made(base, options));
      kept = usable;
    }
    return usable.factory;
  }

  /** To be called when a document is done, with what it could reach. */
  void used(JobResources resources) {
    if (resources.wereAskedFor()) {
      kept = null;
    }
  }

  private FopFactory made(URI base, FopOptions options) {
    var builder =
        new FopFactoryBuilder(EnvironmentalProfileFactory.createRestrictedIO(base, resolver));
    builder.setConfiguration(fonts.configuration(options.embedsAllFonts()));
    options.apply(builder);
    return builder.build();
  }

  private record OfTheDocumentAtWork(AtomicReference<@Nullable JobResources> current)
      implements ResourceResolver {

    @Override
    public Resource getResource(URI uri) throws IOException {
      return resources(uri).getResource(uri);
    }

    @Override
    public OutputStream getOutputStream(URI uri) throws IOException {
      return resources(uri).getOutputStream(uri);
    }

    private JobResources resources(URI uri) throws FileNotFoundException {
      var resources = current.get();
      if (resources == null) {
        throw new FileNotFoundException(uri + ": no document is at work");
      }
      return resources;
    }
  }
}
