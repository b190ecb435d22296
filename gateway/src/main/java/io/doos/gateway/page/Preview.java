package io.doos.gateway.page;

import io.doos.common.status.Result;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a browser may show of a result: nothing that could hold a script of the job's. */
final class Preview {

  /** Held in memory while it is sent. */
  static final long MOST_BYTES = 16L * 1024 * 1024;

  private static final Map<String, String> TYPES =
      Map.of(
          "pdf", "application/pdf",
          "png", "image/png",
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "gif", "image/gif",
          "webp", "image/webp");

  private Preview() {}

  /** The media type that a file is shown as; empty for what is not shown. */
  static Optional<String> type(String name) {
    var dot = name.lastIndexOf('.');
    return Optional.ofNullable(TYPES.get(name.substring(dot + 1).toLowerCase(Locale.ROOT)));
  }

  static boolean isPossible(Result.OutputFile file) {
    return file.bytes() > 0 && file.bytes() <= MOST_BYTES && type(file.name()).isPresent();
  }

  static boolean isImage(String name) {
    return type(name).filter(type -> type.startsWith("image/")).isPresent();
  }
}
