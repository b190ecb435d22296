package io.doos.worker.office;

/** What is done to every fresh office before it is offered, such as loading a library into it. */
@FunctionalInterface
public interface Preparation {

  /** Nothing to prepare. */
  Preparation NONE = _ -> {};

  /**
   * Prepares {@code office}; what it leaves there is there for every job.
   *
   * @throws Exception when that fails: the office is then given up
   */
  void prepare(Office office) throws Exception;
}
