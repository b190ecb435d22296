package io.doos.deploy.doctor;

/**
 * One thing that the doctor looks at.
 *
 * @param name what it is about, in a word or two
 * @param probe looks; bounded in time by itself
 */
public record Check(String name, Probe probe) {

  /** Looks and tells. */
  @FunctionalInterface
  public interface Probe {
    /** An exception counts as failed, with its message as what was found. */
    Finding look() throws Exception;
  }

  /** Looks; never throws but for an interrupt. */
  public Finding look() throws InterruptedException {
    try {
      return probe.look();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return Finding.failed(String.valueOf(e.getMessage()), "");
    }
  }
}
