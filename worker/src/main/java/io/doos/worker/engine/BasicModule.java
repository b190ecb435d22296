package io.doos.worker.engine;

import java.util.List;

/**
 * A module of Basic source.
 *
 * @param name its name in the library
 * @param file the client's file that it came from
 * @param source lines ended by LF
 */
record BasicModule(String name, String file, String source) {

  List<String> lines() {
    return source.lines().toList();
  }
}
