package io.doos.worker.format;

import io.doos.worker.fop.FormatRequest;
import io.doos.worker.office.JailedProgram;

/**
 * What a formatter is to be asked for a document that needs nothing else put in its reach, so that
 * whoever gives the formatter back can ask for whoever is next: a formatter does not wait until
 * that one has woken up. Called by any thread.
 */
interface Ahead {

  /** What to ask this one. */
  FormatRequest request(JailedProgram program);
}
