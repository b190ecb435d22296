package io.doos.common.status;

import org.jspecify.annotations.Nullable;

/**
 * Why a job failed, for a person to read.
 *
 * @param message one line; what is longer than 2,000 characters is cut, for macros can raise errors
 *     with texts of any length
 * @param number the Basic error number, where there is one
 * @param module the file of the client's own source that {@code line} counts in, where known
 * @param line the line in that file, from 1, where known
 */
public record JobError(
    ErrorCode code,
    String message,
    @Nullable Integer number,
    @Nullable String module,
    @Nullable Integer line) {

  private static final int LONGEST_MESSAGE = 2000;

  public JobError {
    message = message.replaceAll("\\R+", " ").strip();
    if (message.length() > LONGEST_MESSAGE) {
      message = message.substring(0, LONGEST_MESSAGE) + "…";
    }
  }

  /** An error that no line of a macro stands behind. */
  public static JobError of(ErrorCode code, String message) {
    return new JobError(code, message, null, null, null);
  }

  /** The error in one line, as {@code status.txt} has it. */
  public String oneLine() {
    var text = new StringBuilder(code.name());
    if (number != null) {
      text.append(" Basic error ").append(number);
    }
    text.append(": ").append(message);
    if (line != null) {
      text.append(" (");
      if (module != null) {
        text.append(module).append(", ");
      }
      text.append("line ").append(line).append(')');
    }
    return text.toString();
  }
}
