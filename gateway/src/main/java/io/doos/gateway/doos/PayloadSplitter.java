package io.doos.gateway.doos;

import io.doos.gateway.doos.PayloadLayout.FileSpan;
import io.doos.gateway.doos.PayloadLayout.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds arguments and files in a payload that comes in pieces, cut anywhere. It does no I/O and
 * keeps positions, not bytes.
 *
 * <p>A file ends at an end token that is followed by a start token or by the end of the payload, so
 * contents may hold any single token. What they cannot hold is an end token directly followed by a
 * start token: that begins a new file.
 */
final class PayloadSplitter {

  static final String START = "::file start::";
  static final String CONTENT = "::file content::";
  static final String END = "::file end::";

  private enum Part {
    ARGUMENTS,
    NAME,
    CONTENT
  }

  private final Limits limits;
  private final TokenMatcher start = new TokenMatcher(START);
  private final TokenMatcher content = new TokenMatcher(CONTENT);
  private final TokenMatcher nextFile = new TokenMatcher(END + START);
  private final List<FileSpan> files = new ArrayList<>(2);

  private Part part = Part.ARGUMENTS;
  private long position;
  private long partFrom;
  private Span arguments = new Span(0, 0);
  private Span name = new Span(0, 0);

  PayloadSplitter(Limits limits) {
    this.limits = limits;
  }

  /**
   * Takes the next bytes of the payload.
   *
   * @return what is wrong with them, or null; after an answer nothing more may be fed
   */
  @Nullable String feed(byte[] bytes, int from, int count) {
    for (var i = from; i < from + count; i++) {
      position++;
      var problem =
          switch (part) {
            case ARGUMENTS -> inArguments(bytes[i]);
            case NAME -> inName(bytes[i]);
            case CONTENT -> inContent(bytes[i]);
          };
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  /** Where the arguments are, once their end has come. */
  Optional<Span> arguments() {
    return part == Part.ARGUMENTS ? Optional.empty() : Optional.of(arguments);
  }

  /** Takes the payload's end; answers what is wrong with the payload, or null. */
  @Nullable String end() {
    return switch (part) {
      case ARGUMENTS -> "The payload holds no '" + START + "'";
      case NAME -> position == partFrom ? null : "A file holds no '" + CONTENT + "'";
      case CONTENT ->
          nextFile.matched() == END.length()
              ? addFile(END.length())
              : "The last file does not end with '" + END + "'";
    };
  }

  /** Where everything is; whole once {@link #end} answered null. */
  PayloadLayout layout() {
    return new PayloadLayout(arguments, files);
  }

  private @Nullable String inArguments(byte next) {
    if (start.accept(next)) {
      arguments = endPart(START.length(), Part.NAME);
      return null;
    }
    return position - start.matched() > limits.argumentBytes()
        ? "The arguments have more than " + limits.argumentBytes() + " bytes"
        : null;
  }

  private @Nullable String inName(byte next) {
    if (content.accept(next)) {
      name = endPart(CONTENT.length(), Part.CONTENT);
      return null;
    }
    return position - partFrom - content.matched() > limits.nameBytes()
        ? "A file's name has more than " + limits.nameBytes() + " bytes"
        : null;
  }

  private @Nullable String inContent(byte next) {
    return nextFile.accept(next) ? addFile(nextFile.length()) : null;
  }

  private @Nullable String addFile(int tokenBytes) {
    if (files.size() == limits.files()) {
      return "The request has more than " + limits.files() + " files";
    }
    files.add(new FileSpan(name, endPart(tokenBytes, Part.NAME)));
    return null;
  }

  private Span endPart(int tokenBytes, Part next) {
    var span = new Span(partFrom, position - tokenBytes - partFrom);
    part = next;
    partFrom = position;
    return span;
  }
}
