package io.doos.common.trace;

import io.doos.common.job.Ticket;
import java.util.Map;

/** A job being taken, from {@link Traces#taking} to {@link #close}; for one thread at a time. */
public interface Taking extends AutoCloseable {

  /** What goes along with the job, so that those who work on it tell of the same trace. */
  Map<String, String> headers();

  /** It has its ticket. */
  void took(Ticket ticket);

  /** It was not taken. */
  void failed(Exception why);

  @Override
  void close();
}
