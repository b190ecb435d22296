package io.doos.deploy.doctor;

/**
 * What a check found.
 *
 * @param found a short phrase
 * @param remedy what to do about it, a sentence; empty where there is nothing to do
 */
public record Finding(Verdict verdict, String found, String remedy) {

  /** How it stands. */
  public enum Verdict {
    /** As it should be. */
    OK,
    /** The farm can run, and would run better. */
    WARNING,
    /** The farm cannot run like this. */
    FAILED
  }

  public static Finding ok(String found) {
    return new Finding(Verdict.OK, found, "");
  }

  public static Finding warning(String found, String remedy) {
    return new Finding(Verdict.WARNING, found, remedy);
  }

  public static Finding failed(String found, String remedy) {
    return new Finding(Verdict.FAILED, found, remedy);
  }
}
