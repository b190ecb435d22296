package io.doos.common.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.doos.common.job.Work.Format;
import io.doos.common.job.Work.Format.References;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Fields;
import java.util.HashSet;
import java.util.Map;

/** The JSON form of work of kind format. */
final class FormatJson {

  private static final String PDF = "application/pdf";

  private FormatJson() {}

  static void write(Format format, ObjectNode into) {
    into.put("source", format.source()).put("to", format.to());
    var references = format.references();
    if (references.base() != null) {
      into.put("base", references.base());
    }
    putAll(references.files(), "references", into);
    if (!references.absent().isEmpty()) {
      var absent = into.putArray("absent");
      references.absent().stream().sorted().forEach(absent::add);
    }
    putAll(format.options(), "options", into);
  }

  private static void putAll(Map<String, String> texts, String name, ObjectNode into) {
    if (!texts.isEmpty()) {
      var object = into.putObject(name);
      texts.forEach(object::put);
    }
  }

  static Format read(Fields work) throws BadJsonException {
    var absent = new HashSet<String>();
    for (var reference : work.values("absent")) {
      if (!(reference instanceof String text)) {
        throw work.wrong("absent", "holds something that is not text");
      }
      absent.add(text);
    }
    return new Format(
        work.text("source"),
        work.optionalText("to").orElse(PDF),
        new References(work.optionalText("base").orElse(null), work.textMap("references"), absent),
        work.textMap("options"));
  }
}
