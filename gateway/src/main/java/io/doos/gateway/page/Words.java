package io.doos.gateway.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Figures as people read them. Times are UTC. */
final class Words {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  private Words() {}

  /** Such as {@code 43 ms}, {@code 2.1 s}, {@code 4 min 3 s}, {@code 2 h 5 min}. */
  static String of(Duration time) {
    var millis = Math.max(0, time.toMillis());
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    var seconds = millis / 1000;
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    var minutes = seconds / 60;
    return minutes < 24 * 60
        ? minutes / 60 + " h " + minutes % 60 + " min"
        : minutes / (24 * 60) + " d " + minutes / 60 % 24 + " h";
  }

  /** Such as {@code 117 MiB}. */
  static String bytes(long bytes) {
    double size = bytes;
    var unit = 0;
    while (size >= 1024 && unit < UNITS.size() - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, size >= 10 || unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS.get(unit));
  }

  /** With digits in groups of three. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', '\u2009');
  }

  /** The state of something as a coloured word. */
  static Html badge(Object state) {
    var word = state.toString().toLowerCase(Locale.ROOT);
    return Html.of("<span class=\"badge {}\">{}</span>", word, word);
  }

  /** A time of the day; the whole is its tooltip and its machine-readable form. */
  static Html time(Instant at) {
    return Html.of(
        "<time datetime=\"{}\" title=\"{} UTC\">{}</time>", at, DAY.format(at), TIME.format(at));
  }

  /** Day and time. */
  static Html day(Instant at) {
    return Html.of("<time datetime=\"{}\">{} UTC</time>", at, DAY.format(at));
  }
}
