package io.doos.worker.run;

/** What is to happen to a delivery, now that its job was looked after. */
public sealed interface Outcome {

  /** The job has its end, by us or by somebody else: ack. */
  record Done() implements Outcome {}

  /** The message makes no sense: park it with the reason. */
  record Unreadable(String reason) implements Outcome {}

  /** Somebody ended the job meanwhile: requeue; whoever takes it next tells of its end. */
  record Withdrawn() implements Outcome {}

  /** We are stopping; not the job's fault: requeue. */
  record HandedBack() implements Outcome {}

  /** The broker took the delivery from us: nothing to say any more. */
  record Lost() implements Outcome {}
}
