package io.doos.worker.format;

import io.doos.common.format.SystemId;
import io.doos.worker.engine.EngineResult;
import java.util.List;

/** What came of a document in a formatter. */
public sealed interface FormatResult {

  /** It is done, or failed; the output folder holds what it left. */
  record Ended(EngineResult result) implements FormatResult {}

  /**
   * It needs these, which are to be fetched from the web: then it is to be formatted again. It left
   * nothing, not even the output folder.
   */
  record Wants(List<SystemId> references) implements FormatResult {
    public Wants {
      references = List.copyOf(references);
    }
  }
}
