package io.doos.gateway.cliser;

import io.doos.common.cliser.Line;
import io.doos.common.format.FormatOption;
import io.doos.common.format.PageFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client has set, for all documents to come. For one thread. */
final class SessionOptions {

  private final Map<String, String> options = new LinkedHashMap<>();
  private PageFormat format = PageFormat.PDF;
  private Optional<String> token = Optional.empty();

  /** Sets an option; answers what to say where it is passed over. */
  Optional<Line> set(String name, String value) {
    if (name.equalsIgnoreCase("TOKEN")) {
      token = Optional.of(value.strip());
      return Optional.empty();
    }
    if (name.equalsIgnoreCase("OUTPUT_FORMAT")) {
      return setFormat(value);
    }
    return switch (FormatOption.judge(name, value)) {
      case FormatOption.Verdict.Good(var option) -> {
        options.put(option.name(), value);
        yield Optional.empty();
      }
      case FormatOption.Verdict.PassedOver(var why) -> Optional.of(new Line.Warn(why));
    };
  }

  private Optional<Line> setFormat(String value) {
    var wanted = PageFormat.of(value);
    if (wanted.isEmpty()) {
      return Optional.of(
          new Line.Warn(
              "There is no format %s, it stays %s; there are %s"
                  .formatted(value, format, List.of(PageFormat.values()))));
    }
    format = wanted.get();
    return Optional.empty();
  }

  /** What the pages are to be. */
  PageFormat format() {
    return format;
  }

  /** The token that the client showed. */
  Optional<String> token() {
    return token;
  }

  /** Options of formatting. */
  Map<String, String> all() {
    return options;
  }
}
