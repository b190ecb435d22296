package io.doos.deploy.client;

/**
 * Looks for a token in bytes that come in pieces (Knuth, Morris and Pratt's search). One thread's.
 */
final class TokenScan {

  private final byte[] token;
  private final int[] fallback;
  private int matched;
  private boolean found;

  TokenScan(byte[] token) {
    this.token = token;
    this.fallback = new int[token.length];
    for (var i = 1; i < token.length; i++) {
      fallback[i] = longer(fallback[i - 1], token[i]);
    }
  }

  void accept(byte[] bytes, int length) {
    for (var i = 0; i < length && !found; i++) {
      matched = longer(matched, bytes[i]);
      found = matched == token.length;
    }
  }

  /** Whether the token was in what came so far. */
  boolean hasFound() {
    return found;
  }

  /** How much of the token is matched when {@code next} follows {@code already} matched bytes. */
  private int longer(int already, byte next) {
    var length = already;
    while (length > 0 && token[length] != next) {
      length = fallback[length - 1];
    }
    return token[length] == next ? length + 1 : 0;
  }
}
