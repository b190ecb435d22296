package io.doos.worker.oood;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A configuration of the old oood that cannot be used; the message names all that is wrong. */
public final class BadOoodConfig extends IOException {

  BadOoodConfig(Path file, List<String> problems) {
    super(file + " cannot be used: " + String.join(" ", problems));
  }
}
