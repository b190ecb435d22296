package io.doos.worker.fop;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the names mean that a document may use: the files beside it, byte for byte. Documents with
 * equal companions mean the same by the same name.
 *
 * @param base what relative names are relative to
 * @param files files by the references that they stand for
 * @param contents files by their paths
 */
record Companions(URI base, Map<String, String> files, Map<String, byte[]> contents) {

  /** The companions of the document; empty where they do not travel with it: then who knows. */
  static Optional<Companions> of(FormatRequest request, URI base) {
    var contents = new HashMap<>(request.contents());
    var travels = contents.remove(request.folder() + request.source()) != null;
    var files = request.references().files();
    return travels && files.values().stream().allMatch(file -> isAmong(contents, request, file))
        ? Optional.of(new Companions(base, files, contents))
        : Optional.empty();
  }

  private static boolean isAmong(Map<String, byte[]> contents, FormatRequest request, String file) {
    return contents.containsKey(file) || contents.containsKey(request.folder() + file);
  }

  /** Compares the bytes themselves: a logo is kilobytes, and no digest is as sure. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Companions those
        && base.equals(those.base)
        && files.equals(those.files)
        && contents.keySet().equals(those.contents.keySet())
        && contents.entrySet().stream()
            .allMatch(file -> Arrays.equals(file.getValue(), those.contents.get(file.getKey())));
  }

  @Override
  public int hashCode() {
    return 31 * base.hashCode() + contents.keySet().hashCode();
  }
}
