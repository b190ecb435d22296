package io.doos.worker.office;

/** The profile of an office, as it is told where it is. */
final class UserInstallation {

  private UserInstallation() {}

  /** Its URL; the office takes an absolute path's characters as they are, but for blanks. */
  static String url(String profile) {
    return "file://" + profile.replace(" ", "%20");
  }
}
