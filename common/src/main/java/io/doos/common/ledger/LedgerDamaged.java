package io.doos.common.ledger;

/**
 * An object of the ledger holds something that this version of doos did not write; names the
 * object.
 */
public final class LedgerDamaged extends RuntimeException {

  LedgerDamaged(String key, Throwable cause) {
    super("object '" + key + "' is not a record of doos: " + cause.getMessage(), cause);
  }
}
