package io.doos.gateway.doos;

import java.util.List;

/** Where the parts of a payload are: positions only, no content. */
record PayloadLayout(Span arguments, List<FileSpan> files) {

  /** Bytes from {@code from}, {@code bytes} of them, counted from the payload's first byte. */
  record Span(long from, long bytes) {}

  /** A file of the payload. */
  record FileSpan(Span name, Span content) {}

  PayloadLayout {
    files = List.copyOf(files);
  }
}
