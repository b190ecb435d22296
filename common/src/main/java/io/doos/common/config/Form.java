package io.doos.common.config;

import io.doos.common.web.WebHosts;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the text of a setting becomes its value.
 *
 * @param name what the settings table calls it, such as {@code port}
 * @param expected what a person should have written, to follow "expected"
 * @param parser answers the value of a text; throws an {@link IllegalArgumentException} when it is
 *     none
 * @param shown the text as messages and logs may show it
 */
public record Form<T>(
    String name, String expected, Function<String, T> parser, UnaryOperator<String> shown) {

  /** As long as a single wait may be set. */
  static final Duration WEEK = Duration.ofDays(7);

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,255}");
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,6}(\\.\\d{1,2})?");
  private static final Pattern PERCENTAGE = Pattern.compile("(\\d{1,3})\\s*%");

  private static <T> Form<T> of(String name, String expected, Function<String, T> parser) {
    return new Form<>(name, expected, parser, UnaryOperator.identity());
  }

  /** A name as pools, regions and tenants have. */
  static Form<String> plainName() {
    return text("name", "a name of 1 to 64 letters, digits, '_' or '-'", NAME);
  }

  /** Where to listen or whom to call. */
  static Form<String> host() {
    return text("host", "a host name or an IP address", HOST);
  }

  /** A TCP port; 0 takes any free one. */
  static Form<Integer> port() {
    var number = whole(0, 65_535);
    return of("port", "a port from 1 to 65535, or 0 for any free one", number.parser);
  }

  /** A whole number in a range, ends included. */
  static Form<Integer> whole(int min, int max) {
    var number = wholeLong(min, max);
    return of("number", number.expected, text -> Math.toIntExact(number.parser.apply(text)));
  }

  /** A whole number in a range, ends included. */
  static Form<Long> wholeLong(long min, long max) {
    return of(
        "number",
        "a whole number from " + min + " to " + max,
        text -> ranged(Long.valueOf(text), min, max));
  }

  /** A decimal number of at most two places after the point, in a range, ends included. */
  static Form<BigDecimal> decimal(BigDecimal min, BigDecimal max) {
    return of(
        "decimal",
        "a number such as 2 or 1.5, from " + min.toPlainString() + " to " + max.toPlainString(),
        text -> ranged(new BigDecimal(matching(text, DECIMAL)), min, max));
  }

  /** A whole number of one unit, above zero and up to {@code max}: {@code 250ms 5s 10m 72h 7d}. */
  public static Form<Duration> duration(Duration max) {
    return of(
        "duration",
        "a duration above zero such as 250ms, 5s, 10m, 72h or 7d, at most " + shortest(max),
        text -> ranged(duration(text), Duration.ofMillis(1), max));
  }

  /** A size as {@link ByteSize} reads it, ends included. */
  static Form<ByteSize> size(ByteSize min, ByteSize max) {
    return of(
        "size",
        "a size such as 64KiB, 256MiB or 1GiB, from " + min + " to " + max,
        text -> ranged(ByteSize.parse(text), min, max));
  }

  /** A share from 0 to 1, written {@code 10%}. */
  static Form<Double> percentage() {
    return of("percentage", "a percentage from 0% to 100%", Form::share);
  }

  /** {@code true} or {@code false}. */
  static Form<Boolean> truth() {
    return of("true or false", "true or false", Form::truth);
  }

  /** One of an enum's names, in small letters. */
  static <E extends Enum<E>> Form<E> word(Class<E> words) {
    var byWord =
        Arrays.stream(words.getEnumConstants()).collect(Collectors.toMap(Form::word, e -> e));
    var names = Arrays.stream(words.getEnumConstants()).map(Form::word).toList();
    return of(
        String.join(", ", names),
        names.size() == 2 ? String.join(" or ", names) : "one of " + String.join(", ", names),
        text -> Optional.ofNullable(byWord.get(text)).orElseThrow(IllegalArgumentException::new));
  }

  /** A text of a given form. */
  static Form<String> text(String name, String expected, Pattern form) {
    return of(name, expected, text -> matching(text, form));
  }

  /** A text that no message shows. */
  static Form<Secret> secret() {
    return new Form<>(
        "secret",
        "a text that is not blank",
        text -> new Secret(matching(text, Pattern.compile("\\S.*"))),
        text -> Secret.HIDDEN);
  }

  /** A path; a relative one counts from the working directory. */
  static Form<Path> path() {
    return of(
        "path",
        "a path",
        text -> Path.of(matching(text, Pattern.compile("[^\\x00]*\\S[^\\x00]*"))));
  }

  /** IP addresses and CIDR blocks with commas between them; none for all. */
  static Form<AddressList> addresses() {
    return of(
        "addresses",
        "IP addresses or CIDR blocks with commas between them, such as 10.0.0.0/8,fd00::/8",
        AddressList::parse);
  }

  /** Hosts on the web with commas between them; none for none. */
  static Form<WebHosts> webHosts() {
    return of(
        "hosts",
        "at most 200 hosts with commas between them, without paths, such as images.example.org,*.example.net,https://cdn.example.com,10.0.0.5:8080",
        WebHosts::parse);
  }

  /** An absolute URI of one of some schemes, with a host; a password in it is not shown. */
  static Form<URI> uri(String... schemes) {
    var allowed = List.of(schemes);
    var beginnings =
        allowed.stream().map(scheme -> scheme + "://host").collect(Collectors.joining(" or "));
    return new Form<>(
        "URL", "a URL such as " + beginnings, text -> uri(text, allowed), Form::withoutCredentials);
  }

  /** A BCP 47 language tag such as {@code en-US}. */
  static Form<Locale> locale() {
    return of("language tag", "a language tag such as en-US or de", Form::locale);
  }

  /** A time zone's name such as {@code Europe/Berlin}. */
  static Form<ZoneId> timeZone() {
    return of("time zone", "a time zone such as UTC or Europe/Berlin", Form::zone);
  }

  /** The same, or nothing: an empty text. */
  static <T> Form<Optional<T>> optional(Form<T> form) {
    return new Form<>(
        form.name,
        form.expected,
        text -> text.isEmpty() ? Optional.empty() : Optional.of(form.parser.apply(text)),
        form.shown);
  }

  private static Duration duration(String text) {
    var parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a duration");
    }
    var amount = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static String shortest(Duration duration) {
    if (duration.toMinutes() % (24 * 60) == 0) {
      return duration.toDays() + "d";
    }
    return duration.toMinutes() % 60 == 0 ? duration.toHours() + "h" : duration.toMinutes() + "m";
  }

  private static double share(String text) {
    var parts = PERCENTAGE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a percentage");
    }
    return ranged(Integer.valueOf(parts.group(1)), 0, 100) / 100.0;
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String matching(String text, Pattern form) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException("not of the form");
    }
    return text;
  }

  private static URI uri(String text, List<String> schemes) {
    try {
      var uri = new URI(text);
      var known = uri.getScheme() != null && schemes.contains(uri.getScheme());
      if (!known || uri.getHost() == null) {
        throw new IllegalArgumentException("not such a URL");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL", e);
    }
  }

  /** What stands before an '@' may be a password, also in a text that is no URL. */
  private static String withoutCredentials(String text) {
    var end = text.lastIndexOf('@');
    if (end < 0) {
      return text;
    }
    var slashes = text.indexOf("://");
    var begin = slashes < 0 ? 0 : slashes + "://".length();
    return text.substring(0, Math.min(begin, end)) + Secret.HIDDEN + text.substring(end);
  }

  private static Locale locale(String text) {
    var locale = Locale.forLanguageTag(text);
    if (locale.getLanguage().isEmpty() || !locale.toLanguageTag().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException("not a language tag");
    }
    return locale;
  }

  private static ZoneId zone(String text) {
    if (!ZoneId.getAvailableZoneIds().contains(text)) {
      throw new IllegalArgumentException("not a time zone");
    }
    return ZoneId.of(text);
  }

  private static <C extends Comparable<C>> C ranged(C value, C min, C max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }
}
