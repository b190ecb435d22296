package io.doos.worker.office;

/** What is taken away after every lease, besides what the pool takes away itself. */
@FunctionalInterface
public interface Cleaning {

  /** Nothing more to take away. */
  Cleaning NONE = _ -> true;

  /**
   * Takes away what the last borrower left in {@code office}.
   *
   * @return whether it is clean; if not, it is replaced
   * @throws Exception as false
   */
  boolean clean(Office office) throws Exception;
}
