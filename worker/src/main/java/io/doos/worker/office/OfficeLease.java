package io.doos.worker.office;

/**
 * A borrowed office: use it in a try-with-resources. Closing gives it back; the pool checks and
 * cleans it before the next borrower, or replaces it.
 */
public interface OfficeLease extends AutoCloseable {

  Office office();

  /** The office must not serve anybody else: it is replaced when the lease is closed. */
  void spoil();

  @Override
  void close();
}
