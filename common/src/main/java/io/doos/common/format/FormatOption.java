package io.doos.common.format;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An option of formatting that Apache FOP can follow. The names are those that XEP has for the
 * like, but for the two last, which are ours.
 */
public enum FormatOption {
  /** {@code fail}: an image that is missing or broken fails the document; else it is left out. */
  BROKENIMAGE("a word such as fail or ignore", "[A-Za-z-]{1,32}"),
  /** Whether the document is checked against the rules of XSL-FO. */
  VALIDATE("true or false", Forms.TRUTH),
  /** 0 and 1: what breaks the rules is passed over where it can be; from 2 on it is an error. */
  STRICTNESS("a number from 0 to 4", "[0-4]"),
  ENABLE_ACCESSIBILITY("true or false", Forms.TRUTH),
  USERPASSWORD("a text", ".*"),
  OWNERPASSWORD("a text", ".*"),
  /** What readers may do with an encrypted PDF; what is not named they may not. */
  USERPRIVILEGES(
      "none, or words of print, modify, copy, annotate with blanks or commas between",
      "\\s*(none|(print|modify|copy|annotate)([\\s,]+(print|modify|copy|annotate))*)?\\s*"),
  PDF_VERSION("1.4, 1.5, 1.6, 1.7 or 2.0", "1\\.[4-7]|2\\.0"),
  PDF_A(
      "false, or a part and level such as 1b, 2u or PDF/A-3a", "false|(pdf/a-)?(1[ab]|[23][abu])"),
  PDF_X("false, or PDF/X-3:2003 or PDF/X-4", "false|pdf/x-(3:2003|4)"),
  /** Whether a PDF is laid out for reading while it still loads. */
  LINEARIZE("true or false", Forms.TRUTH),
  /** Key length of an encrypted PDF. */
  ENCRYPTION_LENGTH("40, 128 or 256", "40|128|256"),
  /** Dots per inch of images that pages are painted into. */
  RESOLUTION(
      "a number of dots per inch from 36 to 1200", "3[6-9]|[4-9]\\d|[1-9]\\d\\d|1[01]\\d\\d|1200");

  /** Forms that several options share: an enum's own constants come too late for its first. */
  private static final class Forms {
    private static final String TRUTH = "true|false|yes|no";
  }

  /** The ones that XEP has, and Apache FOP nothing like them. */
  private static final Set<String> WITHOUT_LIKE =
      Set.of(
          "CONFIG",
          "ROOT",
          "LICENSE",
          "TMPDIR",
          "PROCESSOR",
          "DISCARD_IF_NOT_VALID",
          "SUPPORT_XSL11",
          "ENABLE_FOLIO",
          "ENABLE_PAGE_NUMBERS",
          "SPOT_COLOR_TRANSLATION",
          "TREAT_FOOTNOTE_AS_FLOAT",
          "COMPRESS",
          "ICC_PROFILE",
          "INITIAL_DESTINATION",
          "INITIAL_ZOOM",
          "UNICODE_ANNOTATIONS",
          "VIEW_MODE",
          "VIEWER_PREFERENCES",
          "PAGE_LAYOUT",
          "DROP_UNUSED_DESTINATIONS",
          "PREFLIGHT",
          "LANGUAGE_LEVEL",
          "CLONE_EPS",
          "PAGE_DEVICE",
          "IMAGES_DPI",
          "DROP_UNUSED_IMAGES");

  private final String expected;
  private final Pattern form;

  FormatOption(String expected, String form) {
    this.expected = expected;
    this.form = Pattern.compile(form, Pattern.CASE_INSENSITIVE);
  }

  /** What is to be thought of an option and its value. */
  public sealed interface Verdict {

    /** It will be followed. */
    record Good(FormatOption option) implements Verdict {}

    /**
     * It is passed over.
     *
     * @param why a sentence without its full stop
     */
    record PassedOver(String why) implements Verdict {}
  }

  /** Judges an option as somebody wrote it; letters of either case. */
  public static Verdict judge(String name, String value) {
    var known = of(name);
    if (known.isEmpty()) {
      return new Verdict.PassedOver(
          WITHOUT_LIKE.contains(name.toUpperCase(Locale.ROOT))
              ? "Apache FOP has nothing like the option " + name
              : "There is no option " + name + "; there are OUTPUT_FORMAT, " + names());
    }
    return known.get().takes(value)
        ? new Verdict.Good(known.get())
        : new Verdict.PassedOver(
            known.get() + " does not take that value: expected " + known.get().expected);
  }

  /** The option of this name; letters of either case. */
  public static Optional<FormatOption> of(String name) {
    return Arrays.stream(values())
        .filter(option -> option.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** What its values look like, to follow "expected". */
  public String expected() {
    return expected;
  }

  /** Whether {@code value} is one of its values. */
  public boolean takes(String value) {
    return form.matcher(value).matches();
  }

  private static String names() {
    return String.join(", ", List.of(values()).stream().map(Enum::name).toList());
  }
}
