package io.doos.gateway.http;

import io.doos.common.http.HttpRequest;
import io.doos.common.http.Problem;
import io.doos.common.job.Ticket;
import io.doos.gateway.access.Caller;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a request say of the job in it.
 *
 * @param key the idempotency key, which makes the same request the same job
 * @param caller whose job it is
 * @param secret known to all gateways of a farm and to nobody else
 * @param headers what is carried along with the job's message
 */
record Sender(
    Optional<String> key, Caller caller, SecretKeySpec secret, Map<String, String> headers) {

  private static final String MAC = "HmacSHA256";
  private static final int MOST_KEY_CHARACTERS = 255;
  private static final int HEX_DIGITS = 48;
  private static final List<String> CARRIED = List.of("traceparent", "tracestate");

  static Sender of(HttpRequest request, Caller caller, SecretKeySpec secret) throws Problem {
    var key = request.header("Idempotency-Key").map(String::strip);
    if (key.isPresent() && (key.get().isEmpty() || key.get().length() > MOST_KEY_CHARACTERS)) {
      throw Problem.of(400, "The Idempotency-Key is not 1 to 255 characters long.");
    }
    return new Sender(key, caller, secret, carried(request));
  }

  /** What is carried along with a job. */
  static Map<String, String> carried(HttpRequest request) {
    var headers = new HashMap<String, String>();
    for (var name : CARRIED) {
      request.header(name).ifPresent(value -> headers.put(name, value));
    }
    return Map.copyOf(headers);
  }

  /** A key for {@link #of}, out of what a farm keeps secret. */
  static SecretKeySpec secret(String text) {
    return new SecretKeySpec(("ticket of a key\n" + text).getBytes(StandardCharsets.UTF_8), MAC);
  }

  /**
   * The ticket that the key stands for. A ticket is all that is needed to get a result, and a key
   * may be easy to guess: so the one does not follow from the other without the secret.
   */
  Optional<Ticket> keyed(@Nullable String tenant) {
    var owner = caller.tenantOf(tenant);
    return key.map(text -> new Ticket("k" + hex((owner == null ? "" : owner) + "\n" + text)));
  }

  private String hex(String text) {
    try {
      var mac = Mac.getInstance(MAC);
      mac.init(secret);
      var bytes = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes).substring(0, HEX_DIGITS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }
}
