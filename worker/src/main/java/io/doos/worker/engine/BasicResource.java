package io.doos.worker.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads our own Basic modules. */
final class BasicResource {

  private BasicResource() {}

  /** The module {@code name} from {@code basic/name.bas}. */
  static BasicModule module(String name) {
    var path = "basic/" + name + ".bas";
    try (var stream = BasicResource.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException("the resource " + path + " is missing");
      }
      return new BasicModule(
          name, name + ".bas", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
