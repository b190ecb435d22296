package io.doos.common.status;

/** Where a job is in its life: {@code ENQUEUED → RUNNING → DONE | FAILED | CANCELLED | EXPIRED}. */
public enum State {
  ENQUEUED("Enqueued"),
  RUNNING("Dequeued"),
  DONE("Done"),
  FAILED("Error"),
  CANCELLED("Error"),
  EXPIRED("Error");

  private final String oldWord;

  State(String oldWord) {
    this.oldWord = oldWord;
  }

  /** The word that the doos protocol has for it. */
  public String oldWord() {
    return oldWord;
  }

  /** Whether nothing can change it any more. */
  public boolean isFinal() {
    return this != ENQUEUED && this != RUNNING;
  }
}
