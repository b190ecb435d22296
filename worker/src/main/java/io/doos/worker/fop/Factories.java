package io.doos.worker.fop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.batik.ext.awt.image.spi.ImageTagRegistry;
import org.apache.fop.apps.EnvironmentalProfileFactory;
import org.apache.fop.apps.FopFactory;
import org.apache.fop.apps.FopFactoryBuilder;
import org.apache.xmlgraphics.io.Resource;
import org.apache.xmlgraphics.io.ResourceResolver;
import org.jspecify.annotations.Nullable;

/**
 * FOP's factories. One keeps images, drawings and colour profiles by their names, which is worth a
 * third of a small document's time; but documents mean different ones by the same name. So once it
 * was asked for a file, it serves only documents with the very same {@link Companions}; and none
 * after one that failed, or did not find what it asked for, because FOP keeps that too. Batik has
 * one such store for the whole process, which is emptied whenever another factory's turn comes. For
 * one document at a time.
 */
final class Factories {

  /** What a tenant's kinds of documents may be; each holds images while there is memory. */
  private static final int MOST = 4;

  private final InstalledFonts fonts;
  private final ResourceResolver resolver;

  /** The last used first. */
  private final Deque<Kept> kept = new ArrayDeque<>();

  private static final class Kept {
    private final URI base;
    private final Map<String, String> options;
    private final FopFactory factory;

    /** Those of the documents that asked for files; null before the first. */
    private @Nullable Companions companions;

    private Kept(URI base, Map<String, String> options, FopFactory factory) {
      this.base = base;
      this.options = options;
      this.factory = factory;
    }

    private boolean serves(URI base, Map<String, String> options, Optional<Companions> companions) {
      return this.base.equals(base)
          && this.options.equals(options)
          && (this.companions == null || companions.filter(this.companions::equals).isPresent());
    }
  }

  /**
   * @param current what the document at work can reach
   */
  Factories(InstalledFonts fonts, AtomicReference<@Nullable JobResources> current) {
    this.fonts = fonts;
    this.resolver = new OfTheDocumentAtWork(current);
  }

  /**
   * A factory to which no name means what it does not mean in this document.
   *
   * @param base what its relative names are relative to
   * @param companions the document's, where they are known
   */
  FopFactory factory(
      URI base, Map<String, String> asked, FopOptions options, Optional<Companions> companions) {
    var usable =
        kept.stream()
            .filter(one -> one.serves(base, asked, companions))
            .findFirst()
            .orElseGet(() -> new Kept(base, asked, made(base, options)));
    if (!usable.equals(kept.peekFirst())) {
      forgetImages();
      kept.remove(usable);
      kept.addFirst(usable);
      if (kept.size() > MOST) {
        kept.removeLast();
      }
    }
    return usable.factory;
  }

  /** To be called when the document is done, and has asked for files and found all of them. */
  void used(Optional<Companions> companions) {
    companions.ifPresentOrElse(known -> kept.getFirst().companions = known, this::spoilt);
  }

  /** To be called when the document has failed, or did not find what it asked for. */
  void spoilt() {
    kept.removeFirst();
    forgetImages();
  }

  private static void forgetImages() {
    ImageTagRegistry.getRegistry().flushCache();
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
