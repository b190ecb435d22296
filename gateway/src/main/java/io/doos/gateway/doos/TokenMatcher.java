package io.doos.gateway.doos;

import java.nio.charset.StandardCharsets;

/**
 * Finds a token in a stream of bytes without keeping any of them (Knuth, Morris and Pratt): all it
 * knows is how many of the last bytes are the token's beginning.
 */
final class TokenMatcher {

  private final byte[] token;
  private final int[] shorter;
  private int matched;

  TokenMatcher(String token) {
    this.token = token.getBytes(StandardCharsets.US_ASCII);
    this.shorter = shorterBeginnings(this.token);
  }

  /** Takes the next byte; answers whether it ended the token. */
  boolean accept(byte next) {
    while (matched > 0 && token[matched] != next) {
      matched = shorter[matched - 1];
    }
    if (token[matched] == next) {
      matched++;
    }
    if (matched < token.length) {
      return false;
    }
    matched = 0;
    return true;
  }

  /** How many of the last bytes are the token's beginning, the most that can be. */
  int matched() {
    return matched;
  }

  int length() {
    return token.length;
  }

  private static int[] shorterBeginnings(byte[] token) {
    var shorter = new int[token.length];
    for (int i = 1, length = 0; i < token.length; ) {
      if (token[i] == token[length]) {
        shorter[i++] = ++length;
      } else if (length > 0) {
        length = shorter[length - 1];
      } else {
        shorter[i++] = 0;
      }
    }
    return shorter;
  }
}
