package io.doos.common.job;

/**
 * The rule for names of files sent along with a job: non-empty, relative, no {@code ..}, no
 * separator at the start, no control characters and no backslash; at most 255 bytes a step and
 * 1,024 in all, as Linux file systems allow.
 */
public final class FileName {

  private static final int MAX_CHARACTERS = 1024;
  private static final int MAX_STEP_BYTES = 255;

  private FileName() {}

  /**
   * Answers {@code name} when it may name a file of a job.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static String check(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a file name is empty");
    }
    if (name.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "a file name is longer than " + MAX_CHARACTERS + " characters");
    }
    if (name.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
      throw new IllegalArgumentException(
          "the file name '" + printable(name) + "' holds a control character");
    }
    if (name.startsWith("/") || name.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          "the file name '" + name + "' is not relative with '/' between its steps");
    }
    for (var step : name.split("/", -1)) {
      if (step.isEmpty() || step.equals(".") || step.equals("..")) {
        throw new IllegalArgumentException(
            "the file name '" + name + "' holds an empty, '.' or '..' step");
      }
      if (step.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_STEP_BYTES) {
        throw new IllegalArgumentException(
            "the file name '" + name + "' has a step of more than " + MAX_STEP_BYTES + " bytes");
      }
    }
    return name;
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
