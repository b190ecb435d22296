package io.doos.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.http.HttpAnswer;
import io.doos.common.http.HttpHandler;
import io.doos.common.http.HttpRequest;
import io.doos.common.http.Problem;
import io.doos.common.http.Route;
import io.doos.gateway.access.Access;
import io.doos.gateway.access.Admission;
import io.doos.gateway.access.Caller;
import io.doos.gateway.access.Credentials;
import io.doos.gateway.access.Role;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Stands before the routes: each says which role it needs, and only callers who have it get
 * through. The token comes as {@code Authorization: Bearer}, or as the password of {@code Basic},
 * whatever the user's name, for browsers.
 */
public final class Guard {

  /** The problem of a request without a token that is known. */
  public static final String UNKNOWN_CALLER = "urn:doos:unknown-caller";

  /** The problem of a caller who may not do this. */
  public static final String NOT_PERMITTED = "urn:doos:not-permitted";

  // Basic comes first: browsers that understand one challenge only take that.
  private static final String CHALLENGE =
      "Basic realm=\"doos\", charset=\"UTF-8\", Bearer realm=\"doos\"";
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  private final Access access;

  public Guard(Access access) {
    this.access = access;
  }

  /** Answers a request of a caller who may ask for it. */
  @FunctionalInterface
  public interface Handler {
    /** Answers as an {@link HttpHandler} does. */
    HttpAnswer answer(Caller caller, HttpRequest request)
        throws Problem, IOException, InterruptedException;
  }

  /** A route for callers with {@code role}. */
  public Route route(Role role, String method, String path, Handler handler) {
    return new Route(method, path, request -> handler.answer(caller(role, request), request));
  }

  /** The same route, for everybody from an address that is allowed. */
  public Route open(Route route) {
    return new Route(
        route.method(),
        route.path(),
        request -> {
          if (!access.allows(request.remote())) {
            throw wrongAddress();
          }
          return route.handler().answer(request);
        });
  }

  private Caller caller(Role role, HttpRequest request) throws Problem {
    var credentials = new Credentials(request.remote(), token(request), request.certificate());
    var caller =
        switch (access.admit(credentials)) {
          case Admission.Admitted(var known) -> known;
          case Admission.WrongAddress _ -> throw wrongAddress();
          case Admission.NoToken _ -> throw unknown("A token is required.");
          case Admission.WrongToken _ -> throw unknown("The token is not known.");
        };
    if (!caller.may(role)) {
      throw notPermitted("This needs the role " + role.name().toLowerCase(Locale.ROOT) + ".");
    }
    if (!SAFE.contains(request.method()) && isFromAnotherSite(request)) {
      throw notPermitted("Pages of other sites may not do this.");
    }
    return caller;
  }

  private static Optional<String> token(HttpRequest request) throws Problem {
    var header = request.header("Authorization");
    if (header.isEmpty()) {
      return Optional.empty();
    }
    var parts = header.get().strip().split(" +", 2);
    var value = parts.length == 2 ? parts[1] : "";
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "bearer" -> Optional.of(value);
      case "basic" -> Optional.of(password(value));
      default -> throw unknown("The token comes as Bearer, or as the password of Basic.");
    };
  }

  private static String password(String encoded) throws Problem {
    try {
      var pair = new String(Base64.getDecoder().decode(encoded), UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      throw unknown("The credentials are not of the form that Basic has.");
    }
  }

  /**
   * A browser that once was given the token, or runs beside an open farm, sends along what any page
   * tells it to; but it says whose page that was.
   */
  private static boolean isFromAnotherSite(HttpRequest request) {
    var site = request.header("Sec-Fetch-Site");
    if (site.isPresent()) {
      return !OWN_SITE.contains(site.get());
    }
    var origin = request.header("Origin");
    return origin.isPresent() && !authority(origin.get()).equals(request.header("Host"));
  }

  private static Optional<String> authority(String origin) {
    try {
      return Optional.ofNullable(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return Optional.of(origin); // no URI, and nobody's Host
    }
  }

  private static Problem unknown(String why) {
    return Problem.of(401, UNKNOWN_CALLER, why).with("WWW-Authenticate", CHALLENGE);
  }

  private static Problem wrongAddress() {
    return notPermitted("Nobody may use this door from this address.");
  }

  private static Problem notPermitted(String why) {
    return Problem.of(403, NOT_PERMITTED, why);
  }
}
