package io.doos.common.http;

import java.io.IOException;

/**
 * Files of the class path, such as scripts and style sheets. They are kept by browsers for an hour
 * and asked for anew after that.
 */
public final class StaticRoutes {

  private static final String KEEP = "max-age=3600";

  private StaticRoutes() {}

  /**
   * All files in a folder of the class path and below it.
   *
   * @param path where they are found, such as {@code /static}
   * @param folder where they lie, such as {@code io/doos/gateway/page}
   */
  public static Route of(String path, ClassLoader classes, String folder) {
    return new Route(
        "GET", path + "/{file...}", request -> file(classes, folder, request.variable("file")));
  }

  private static HttpAnswer file(ClassLoader classes, String folder, String name)
      throws Problem, IOException {
    // Jetty has resolved dots by now; what is left of them is somebody's try. A folder of the class
    // path would answer with its listing.
    var isFile = name.lastIndexOf('.') > name.lastIndexOf('/');
    if (!isFile || name.contains("..") || name.contains("//") || name.contains("\\")) {
      throw nothing(name);
    }
    try (var content = classes.getResourceAsStream(folder + "/" + name)) {
      if (content == null || name.endsWith(".class")) {
        throw nothing(name);
      }
      return HttpAnswer.bytes(MediaTypes.of(name), content.readAllBytes())
          .with("Cache-Control", KEEP);
    }
  }

  private static Problem nothing(String name) {
    return Problem.of(404, "There is no file " + name + ".");
  }
}
