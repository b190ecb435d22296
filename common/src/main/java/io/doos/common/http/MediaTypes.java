package io.doos.common.http;

import java.util.Locale;
import java.util.Map;

/** What kinds of files are called on the web, by their extensions. */
public final class MediaTypes {

  /** Of a file that nothing is known of. */
  public static final String BYTES = "application/octet-stream";

  private static final String OPEN_DOCUMENT = "application/vnd.oasis.opendocument.";
  private static final String OPEN_XML = "application/vnd.openxmlformats-officedocument.";

  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("csv", "text/csv"),
          Map.entry("doc", "application/msword"),
          Map.entry("docx", OPEN_XML + "wordprocessingml.document"),
          Map.entry("epub", "application/epub+zip"),
          Map.entry("gif", "image/gif"),
          Map.entry("htm", "text/html"),
          Map.entry("html", "text/html"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("md", "text/markdown"),
          Map.entry("odg", OPEN_DOCUMENT + "graphics"),
          Map.entry("odp", OPEN_DOCUMENT + "presentation"),
          Map.entry("ods", OPEN_DOCUMENT + "spreadsheet"),
          Map.entry("odt", OPEN_DOCUMENT + "text"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("png", "image/png"),
          Map.entry("ppt", "application/vnd.ms-powerpoint"),
          Map.entry("pptx", OPEN_XML + "presentationml.presentation"),
          Map.entry("ps", "application/postscript"),
          Map.entry("rtf", "application/rtf"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("tif", "image/tiff"),
          Map.entry("tiff", "image/tiff"),
          Map.entry("txt", "text/plain"),
          Map.entry("webp", "image/webp"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("xhtml", "application/xhtml+xml"),
          Map.entry("xls", "application/vnd.ms-excel"),
          Map.entry("xlsx", OPEN_XML + "spreadsheetml.sheet"),
          Map.entry("xml", "application/xml"),
          Map.entry("yaml", "application/yaml"),
          Map.entry("zip", "application/zip"));

  private MediaTypes() {}

  /** The media type of a file, by its name's extension. */
  public static String of(String fileName) {
    var dot = fileName.lastIndexOf('.');
    var extension = fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
    return dot < 0 ? BYTES : BY_EXTENSION.getOrDefault(extension, BYTES);
  }
}
