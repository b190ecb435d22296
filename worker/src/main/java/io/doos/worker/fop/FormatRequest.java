package io.doos.worker.fop;

import io.doos.common.format.PageFormat;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a formatter is asked to do, and the form in which it travels. All paths are as the formatter
 * sees them.
 *
 * @param folder the job's files, with a trailing slash
 * @param source the file of them that is the document
 * @param output the file to write
 * @param base the document's system identifier
 * @param files files of the job by the references that they stand for
 * @param absent references that are known to lead nowhere
 * @param options options of formatting by name
 */
public record FormatRequest(
    String folder,
    String source,
    String output,
    PageFormat to,
    String base,
    Map<String, String> files,
    Set<String> absent,
    Map<String, String> options) {

  public FormatRequest {
    files = Map.copyOf(files);
    absent = Set.copyOf(absent);
    options = Map.copyOf(options);
  }

  /** Writes it; the reader needs nothing else to know its end. */
  public void write(DataOutputStream out) throws IOException {
    out.writeUTF(folder);
    out.writeUTF(source);
    out.writeUTF(output);
    out.writeUTF(to.name());
    out.writeUTF(base);
    write(files, out);
    out.writeInt(absent.size());
    for (var reference : absent) {
      out.writeUTF(reference);
    }
    write(options, out);
    out.flush();
  }

  static FormatRequest read(DataInputStream in) throws IOException {
    return new FormatRequest(
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        PageFormat.valueOf(in.readUTF()),
        in.readUTF(),
        readMap(in),
        readSet(in),
        readMap(in));
  }

  private static void write(Map<String, String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (var text : texts.entrySet()) {
      out.writeUTF(text.getKey());
      out.writeUTF(text.getValue());
    }
  }

  private static Map<String, String> readMap(DataInputStream in) throws IOException {
    var texts = new HashMap<String, String>();
    for (int left = in.readInt(); left > 0; left--) {
      texts.put(in.readUTF(), in.readUTF());
    }
    return texts;
  }

  private static Set<String> readSet(DataInputStream in) throws IOException {
    var texts = new HashSet<String>();
    for (int left = in.readInt(); left > 0; left--) {
      texts.add(in.readUTF());
    }
    return texts;
  }
}
