package io.doos.worker.fop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.format.PageFormat;
import io.doos.common.web.WebHosts;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What a formatter is asked to do, and the form in which it travels. All paths are as the formatter
 * sees them.
 *
 * @param folder the job's files, with a trailing slash
 * @param source the file of them that is the document
 * @param contents files that travel with it, by their whole paths; they are nowhere else
 * @param output the file for the pages, where they are too large to travel or many; its folder need
 *     not be there
 * @param references what it refers to
 * @param options options of formatting by name
 */
public record FormatRequest(
    String folder,
    String source,
    Map<String, byte[]> contents,
    String output,
    PageFormat to,
    References references,
    Map<String, String> options) {

  /**
   * What a document's references stand for.
   *
   * @param base the document's system identifier
   * @param files files by the references that they stand for, their paths absolute or below the
   *     folder
   * @param absent references that are known to lead nowhere, and why, to follow their name
   * @param web where on the web more can be fetched from, for the asking
   */
  public record References(
      String base, Map<String, String> files, Map<String, String> absent, WebHosts web) {

    public References {
      files = Map.copyOf(files);
      absent = Map.copyOf(absent);
    }

    /** Of a document that refers to its job's files only. */
    static References none(String base) {
      return new References(base, Map.of(), Map.of(), WebHosts.NONE);
    }

    private void write(DataOutputStream out) throws IOException {
      writeText(out, base);
      FormatRequest.write(files, out);
      FormatRequest.write(absent, out);
      writeText(out, web.toString());
    }

    private static References read(DataInputStream in) throws IOException {
      return new References(readText(in), readMap(in), readMap(in), WebHosts.parse(readText(in)));
    }
  }

  /** More bytes than this neither go with a request nor come with a reply, but are in files. */
  public static final int MOST_BYTES = 256 * 1024;

  public FormatRequest {
    contents = Map.copyOf(contents);
    options = Map.copyOf(options);
  }

  /** Writes it; the reader needs nothing else to know its end. */
  public void write(DataOutputStream out) throws IOException {
    writeText(out, folder);
    writeText(out, source);
    out.writeInt(contents.size());
    for (var file : contents.entrySet()) {
      writeText(out, file.getKey());
      writeBytes(out, file.getValue());
    }
    writeText(out, output);
    writeText(out, to.name());
    references.write(out);
    write(options, out);
    out.flush();
  }

  static FormatRequest read(DataInputStream in) throws IOException {
    return new FormatRequest(
        readText(in),
        readText(in),
        readContents(in),
        readText(in),
        PageFormat.valueOf(readText(in)),
        References.read(in),
        readMap(in));
  }

  /**
   * Unlike {@code writeUTF} for a text of any length: references and options are as clients are.
   */
  private static void writeText(DataOutputStream out, String text) throws IOException {
    writeBytes(out, text.getBytes(UTF_8));
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), UTF_8);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    var bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  private static void write(Map<String, String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (var text : texts.entrySet()) {
      writeText(out, text.getKey());
      writeText(out, text.getValue());
    }
  }

  private static Map<String, byte[]> readContents(DataInputStream in) throws IOException {
    var contents = new HashMap<String, byte[]>();
    for (int left = in.readInt(); left > 0; left--) {
      contents.put(readText(in), readBytes(in));
    }
    return contents;
  }

  private static Map<String, String> readMap(DataInputStream in) throws IOException {
    var texts = new HashMap<String, String>();
    for (int left = in.readInt(); left > 0; left--) {
      texts.put(readText(in), readText(in));
    }
    return texts;
  }
}
