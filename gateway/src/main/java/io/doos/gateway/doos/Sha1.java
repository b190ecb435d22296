package io.doos.gateway.doos;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The protocol's checksum: it finds accidents, it is no defence against anybody. */
final class Sha1 {

  private Sha1() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
