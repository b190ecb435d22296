package io.doos.gateway.intake;

import io.doos.common.job.Bundle;
import io.doos.common.job.InputFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job's input files as its message names them: all inline, or all in one bundle. */
record Inputs(List<InputFile> inline, @Nullable Bundle bundle) {

  static Inputs inline(List<InputFile> files) {
    return new Inputs(files, null);
  }

  static Inputs in(Bundle bundle) {
    return new Inputs(List.of(), bundle);
  }
}
