package io.doos.deploy.command;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What documents are called once they are converted: {@code letter.docx} becomes {@code
 * letter.pdf}. Where two would become the same, each keeps its extension: {@code letter.docx.pdf}.
 */
final class ConversionNames {

  private final Map<String, Integer> stems = new HashMap<>();

  ConversionNames(List<Path> documents) {
    documents.forEach(document -> stems.merge(stem(name(document)), 1, Integer::sum));
  }

  /**
   * The name of a document's only file.
   *
   * @param made what the farm calls it; its extension counts
   */
  String of(Path document, String made) {
    var name = name(document);
    var stem = stem(name);
    return (stems.getOrDefault(stem, 0) > 1 ? name : stem) + made.substring(made.lastIndexOf('.'));
  }

  private static String name(Path document) {
    return document.getFileName().toString();
  }

  private static String stem(String name) {
    var dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
