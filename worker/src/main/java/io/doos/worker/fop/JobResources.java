package io.doos.worker.fop;

import io.doos.common.format.SystemId;
import io.doos.common.web.WebOrigin;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.xmlgraphics.io.Resource;
import org.apache.xmlgraphics.io.ResourceResolver;

/**
 * All that one document can reach: the files of its job, and the fonts. What it asks for beyond
 * these is remembered; nothing else on this machine is looked at.
 */
final class JobResources implements ResourceResolver, AutoCloseable {

  /** What FOP names by it are files of its own, which it writes and then reads: AFP's parts. */
  private static final String TEMPORARY = "tmp";

  /** One transparent pixel, as PNG. */
  private static final byte[] HOLE =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR42mNg"
                  + "AAIAAAUAAen63NgAAAAASUVORK5CYII=");

  private final FormatRequest request;
  private final FormatRequest.References references;
  private final Path folder;
  private final InstalledFonts fonts;
  private final SystemId base;
  private final Consumer<String> broken;
  private final Set<String> missing = new LinkedHashSet<>();
  private final Map<String, Path> temporary = new HashMap<>();
  private boolean asked;
  private boolean failed;

  /**
   * @param base what the document's references are relative to
   * @param broken is told why a hole is left in a drawing
   */
  JobResources(
      FormatRequest request, InstalledFonts fonts, SystemId base, Consumer<String> broken) {
    this.request = request;
    this.references = request.references();
    this.folder = Path.of(request.folder());
    this.fonts = fonts;
    this.base = base;
    this.broken = broken;
  }

  /** What it asked for, is neither there nor known to be absent, and might be brought. */
  List<String> missing() {
    return List.copyOf(missing);
  }

  /** Whether the document asked for anything but fonts. */
  boolean wereAskedFor() {
    return asked;
  }

  /** Whether it asked for something that is not there, or wrote. */
  boolean failed() {
    return failed;
  }

  /** The document itself. */
  InputStream document() throws IOException {
    return open(folder.resolve(request.source()));
  }

  @Override
  public Resource getResource(URI uri) throws IOException {
    var known = fonts.file(uri).or(() -> Optional.ofNullable(temporary.get(uri.toString())));
    if (known.isPresent()) {
      return new Resource(new BufferedInputStream(Files.newInputStream(known.get())));
    }
    return new Resource(open(uri.toString()));
  }

  /** Nothing is written but temporary files, and the pages, which have a stream of their own. */
  @Override
  public OutputStream getOutputStream(URI uri) throws IOException {
    failed = true;
    if (!TEMPORARY.equals(uri.getScheme())) {
      throw new IOException("nothing can be written to " + uri);
    }
    var name = uri.toString();
    var file = temporary.get(name);
    if (file == null) {
      file = Files.createTempFile("fop", null);
      temporary.put(name, file);
    }
    return new BufferedOutputStream(Files.newOutputStream(file));
  }

  /** Deletes the temporary files. */
  @Override
  public void close() throws IOException {
    for (var file : temporary.values()) {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Opens what {@code reference}, absolute or relative to the document, stands for.
   *
   * @throws FileNotFoundException when that is none of the job's files
   */
  InputStream open(String reference) throws IOException {
    asked = true;
    var name = base.resolve(reference);
    var file = name.flatMap(this::file);
    if (file.isPresent()) {
      return open(file.get());
    }
    failed = true;
    if (name.isEmpty()) {
      throw new FileNotFoundException("not a file: " + reference);
    }
    if (mightBeBrought(name.get())) {
      missing.add(name.get().toString());
    }
    throw new FileNotFoundException(name.get() + " " + whyNot(name.get()));
  }

  private InputStream open(Path file) throws IOException {
    var content = request.contents().get(file.toString());
    return content == null
        ? new BufferedInputStream(Files.newInputStream(file))
        : new ByteArrayInputStream(content);
  }

  /** What of these, on the web, is to be fetched before it is worth while to begin. */
  List<String> toFetch(List<SystemId> needs) {
    return needs.stream()
        .filter(need -> need.isRemote() && file(need).isEmpty() && mightBeBrought(need))
        .map(SystemId::toString)
        .toList();
  }

  /**
   * Why what {@code reference} names on the web is not there; empty when it is, or is elsewhere.
   */
  Optional<String> whyNotFetched(String reference) {
    return base.resolve(reference)
        .filter(name -> name.isRemote() && file(name).isEmpty())
        .map(this::whyNot);
  }

  private boolean mightBeBrought(SystemId name) {
    var text = name.toString();
    return !references.absent().containsKey(text)
        && (!name.isRemote() || (isAllowed(name) && text.length() <= FormatReply.LONGEST_TEXT));
  }

  private boolean isAllowed(SystemId name) {
    return WebOrigin.of(name.uri()).filter(references.web()::covers).isPresent();
  }

  private String whyNot(SystemId name) {
    var known = references.absent().get(name.toString());
    if (known != null) {
      return known;
    }
    return name.isRemote() && !isAllowed(name)
        ? "is not fetched from the web (setting format.http-allow)"
        : "is not among the files of the job";
  }

  /** A transparent image, in place of one that is not to be had. */
  InputStream hole(String why) {
    broken.accept(why);
    return new ByteArrayInputStream(HOLE);
  }

  private Optional<Path> file(SystemId name) {
    var brought = references.files().get(name.toString());
    if (brought != null) {
      return Optional.of(folder.resolve(brought));
    }
    return name.jobFile()
        .map(path -> folder.resolve(path).normalize())
        .filter(path -> path.startsWith(folder) && isThere(path));
  }

  private boolean isThere(Path file) {
    return request.contents().containsKey(file.toString())
        || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }
}
