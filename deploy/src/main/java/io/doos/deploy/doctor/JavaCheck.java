package io.doos.deploy.doctor;

/** Whether this Java can run the farm. */
final class JavaCheck {

  private static final int NEEDED = 25;

  private JavaCheck() {}

  static Finding look() {
    var found = "Java " + Runtime.version() + " in " + System.getProperty("java.home", "?");
    if (Runtime.version().feature() < NEEDED) {
      return Finding.failed(
          found, "Install Java " + NEEDED + ", such as openjdk-25-jre-headless, or set JAVA_HOME.");
    }
    var names = System.getProperty("sun.jnu.encoding", "?");
    return names.equals("UTF-8")
        ? Finding.ok(found)
        : Finding.warning(
            found + ", file names in " + names,
            "Set LC_ALL=C.UTF-8: file names beyond ASCII cannot be read or written like this.");
  }
}
