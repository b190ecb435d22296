package io.doos.worker.office;

/**
 * Where one place of the pool stands: pure, so that what it does next can be tested without an
 * office. Each office that takes the place has a number, so that late news of a dead one cannot
 * harm its successor. News that makes no sense in a phase changes nothing.
 *
 * @param generation counts the offices of this place from 1
 * @param failures starts that failed and offices that died idle, since one last served a job
 */
record OfficeState(Phase phase, int generation, int failures) {

  enum Phase {
    /** Being started and prepared, perhaps after a pause. */
    STARTING,
    /** Waits for a borrower. */
    READY,
    LEASED,
    /** Given back; what its borrower left is being taken away. */
    CLEANING,
    /** Idle, and asked whether it still answers. */
    CHECKING,
    /** Being ended. */
    RETIRING
  }

  /** Something that happened to the office with the number {@code of}. */
  sealed interface Event {
    int of();
  }

  /** It is started and prepared. */
  record Up(int of) implements Event {}

  /** It could not be started or prepared. */
  record NotUp(int of) implements Event {}

  record Leased(int of) implements Event {}

  /** Its borrower gave it back, {@code fit} for others or not. */
  record Returned(int of, boolean fit) implements Event {}

  record Cleaned(int of) implements Event {}

  record CheckDue(int of) implements Event {}

  record Answered(int of) implements Event {}

  /** It must not serve any longer. */
  record Unfit(int of) implements Event {}

  /** Its process ended. */
  record Exited(int of) implements Event {}

  /** Nothing of it is left. */
  record Gone(int of) implements Event {}

  static OfficeState first() {
    return new OfficeState(Phase.STARTING, 1, 0);
  }

  OfficeState on(Event event) {
    if (event.of() != generation) {
      return this; // news of an office that was already replaced
    }
    return switch (event) {
      case Up _ when phase == Phase.STARTING -> in(Phase.READY);
      case NotUp _ when phase == Phase.STARTING ->
          new OfficeState(Phase.STARTING, generation + 1, failures + 1);
      case Leased _ when phase == Phase.READY -> in(Phase.LEASED);
      case Returned(_, var fit) when phase == Phase.LEASED ->
          new OfficeState(fit ? Phase.CLEANING : Phase.RETIRING, generation, 0);
      case Cleaned _ when phase == Phase.CLEANING -> in(Phase.READY);
      case CheckDue _ when phase == Phase.READY -> in(Phase.CHECKING);
      case Answered _ when phase == Phase.CHECKING -> in(Phase.READY);
      case Unfit _ when idle() || phase == Phase.CLEANING -> in(Phase.RETIRING);
      // in any other phase somebody works with it, and finds out
      case Exited _ when idle() -> new OfficeState(Phase.RETIRING, generation, failures + 1);
      case Gone _ when phase == Phase.RETIRING ->
          new OfficeState(Phase.STARTING, generation + 1, failures);
      case Up _, NotUp _, Leased _, Returned _, Cleaned _ -> this;
      case CheckDue _, Answered _, Unfit _, Exited _, Gone _ -> this;
    };
  }

  private boolean idle() {
    return phase == Phase.READY || phase == Phase.CHECKING;
  }

  private OfficeState in(Phase next) {
    return new OfficeState(next, generation, failures);
  }
}
