package io.doos.common.format;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the pages of a formatted document can be. The names are XEP's where XEP has them. */
public enum PageFormat {
  PDF("application/pdf", "pdf"),
  PS("application/postscript", "ps"),
  AFP("application/x-afp", "afp"),
  PCL("application/x-pcl", "pcl"),
  PNG("image/png", "png"),
  TIFF("image/tiff", "tiff"),
  TXT("text/plain", "txt"),
  RTF("application/rtf", "rtf"),
  /** FOP's tree of areas, as XML. */
  AT("application/X-fop-areatree", "xml");

  private final String mediaType;
  private final String extension;

  PageFormat(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  /** Its media type, as jobs name it and as Apache FOP knows it. */
  public String mediaType() {
    return mediaType;
  }

  /** How names of such files end, without the dot. */
  public String extension() {
    return extension;
  }

  /** Whether each page is a file of its own. */
  public boolean isFilePerPage() {
    return this == PNG;
  }

  /** The format with this media type; letters of either case. */
  public static Optional<PageFormat> ofMediaType(String mediaType) {
    return Arrays.stream(values())
        .filter(format -> format.mediaType.equalsIgnoreCase(mediaType))
        .findFirst();
  }

  /** The format with this name, such as {@code PDF}, or this media type; letters of either case. */
  public static Optional<PageFormat> of(String text) {
    var wanted = text.strip();
    return Arrays.stream(values())
        .filter(format -> format.name().equals(wanted.toUpperCase(Locale.ROOT)))
        .findFirst()
        .or(() -> ofMediaType(wanted));
  }

  /** All media types, for people. */
  public static List<String> mediaTypes() {
    return Arrays.stream(values()).map(PageFormat::mediaType).toList();
  }
}
