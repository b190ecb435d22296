package io.doos.worker.fop;

import io.doos.common.format.FormatOption;
import io.doos.common.format.FormatOption.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.fop.apps.FOUserAgent;
import org.apache.fop.apps.FopFactoryBuilder;
import org.apache.fop.pdf.PDFEncryptionParams;

/** A document's options, as Apache FOP has them. */
final class FopOptions {

  private static final List<String> PRIVILEGES = List.of("print", "modify", "copy", "annotate");
  private static final int DEFAULT_KEY_BITS = 128;

  private final Map<FormatOption, String> values = new EnumMap<>(FormatOption.class);

  /**
   * Judges the options.
   *
   * @param passedOver is told of each that is not followed, and why
   */
  FopOptions(Map<String, String> options, Consumer<String> passedOver) {
    options.forEach((name, value) -> {
      switch (FormatOption.judge(name, value)) {
        case Verdict.Good(var option) -> values.put(option, value.strip().toLowerCase(Locale.ROOT));
        case Verdict.PassedOver(var why) -> passedOver.accept(why);
      }
    });
    options.forEach((name, value) -> { // passwords as they are
      FormatOption.of(name)
          .filter(option -> option.name().endsWith("PASSWORD"))
          .ifPresent(option -> values.put(option, value));
    });
  }

  /** Whether an image that cannot be had fails the document. */
  boolean failsForImages() {
    return "fail".equals(values.get(FormatOption.BROKENIMAGE));
  }

  /** Whether every font must be in the output. */
  boolean embedsAllFonts() {
    return isSet(FormatOption.PDF_A) || isSet(FormatOption.PDF_X);
  }

  void apply(FopFactoryBuilder builder) {
    var strict =
        isTrue(FormatOption.VALIDATE)
            || "234".contains(values.getOrDefault(FormatOption.STRICTNESS, "0"));
    builder.setStrictFOValidation(strict);
    builder.setStrictUserConfigValidation(false);
    builder.setAccessibility(
        isTrue(FormatOption.ENABLE_ACCESSIBILITY)
            || pdfA().map(level -> level.endsWith("a")).orElse(false));
  }

  void apply(FOUserAgent agent) {
    @SuppressWarnings("unchecked") // strings and FOP's own records by name
    var options = (Map<String, Object>) agent.getRendererOptions();
    pdfA().ifPresent(level -> options.put("pdf-a-mode", "PDF/A-" + level));
    if (isSet(FormatOption.PDF_X)) {
      options.put(
          "pdf-x-mode", values.getOrDefault(FormatOption.PDF_X, "").toUpperCase(Locale.ROOT));
    }
    var version = values.get(FormatOption.PDF_VERSION);
    if (version != null) {
      options.put("version", version);
    }
    if (isTrue(FormatOption.LINEARIZE)) {
      options.put("linearization", "true");
    }
    if (isEncrypted()) {
      options.put("encryption-params", encryption());
    }
    var resolution = values.get(FormatOption.RESOLUTION);
    if (resolution != null) {
      agent.setTargetResolution(Integer.parseInt(resolution));
    }
  }

  private java.util.Optional<String> pdfA() {
    return isSet(FormatOption.PDF_A)
        ? java.util.Optional.of(values.getOrDefault(FormatOption.PDF_A, "").replace("pdf/a-", ""))
        : java.util.Optional.empty();
  }

  private boolean isEncrypted() {
    return values.containsKey(FormatOption.USERPASSWORD)
        || values.containsKey(FormatOption.OWNERPASSWORD)
        || values.containsKey(FormatOption.USERPRIVILEGES);
  }

  /** Without any word on privileges, a password alone takes none away. */
  private PDFEncryptionParams encryption() {
    var privileges = values.getOrDefault(FormatOption.USERPRIVILEGES, String.join(" ", PRIVILEGES));
    var params = new PDFEncryptionParams();
    params.setUserPassword(values.getOrDefault(FormatOption.USERPASSWORD, ""));
    params.setOwnerPassword(values.getOrDefault(FormatOption.OWNERPASSWORD, ""));
    params.setAllowPrint(privileges.contains("print"));
    params.setAllowPrintHq(privileges.contains("print"));
    params.setAllowEditContent(privileges.contains("modify"));
    params.setAllowAssembleDocument(privileges.contains("modify"));
    params.setAllowCopyContent(privileges.contains("copy"));
    params.setAllowEditAnnotations(privileges.contains("annotate"));
    params.setAllowFillInForms(privileges.contains("annotate"));
    var bits = values.get(FormatOption.ENCRYPTION_LENGTH);
    params.setEncryptionLengthInBits(bits == null ? DEFAULT_KEY_BITS : Integer.parseInt(bits));
    return params;
  }

  private boolean isSet(FormatOption option) {
    return !values.getOrDefault(option, "false").equals("false");
  }

  private boolean isTrue(FormatOption option) {
    var value = values.getOrDefault(option, "false");
    return value.equals("true") || value.equals("yes");
  }
}
