package io.doos.gateway.http;

import io.doos.common.http.HttpAnswer;
import io.doos.common.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The document that describes this door, for people and programs. */
final class OpenApi {

  private OpenApi() {}

  static List<Route> routes() {
    var document = document();
    return List.of(
        new Route("GET", "/openapi.json", _ -> HttpAnswer.bytes("application/json", document)));
  }

  private static byte[] document() {
    try (var in = OpenApi.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
