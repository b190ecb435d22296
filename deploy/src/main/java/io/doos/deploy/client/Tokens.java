package io.doos.deploy.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The marks between the parts of a payload, as the old doos defined them. */
final class Tokens {

  static final byte[] FILE_START = bytes("::file start::");
  static final byte[] FILE_CONTENT = bytes("::file content::");
  static final byte[] FILE_END = bytes("::file end::");

  /** What ends a file for good, unless the payload ends: content that holds it cannot travel. */
  static final byte[] NEXT_FILE = bytes("::file end::::file start::");

  private Tokens() {}

  private static byte[] bytes(String token) {
    return token.getBytes(US_ASCII);
  }

  /** Where {@code token} begins in {@code bytes} at or after {@code from}; −1 if it does not. */
  static int find(byte[] token, byte[] bytes, int from) {
    for (var at = from; at <= bytes.length - token.length; at++) {
      if (java.util.Arrays.equals(bytes, at, at + token.length, token, 0, token.length)) {
        return at;
      }
    }
    return -1;
  }
}
