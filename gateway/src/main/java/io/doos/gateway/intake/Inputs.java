package io.doos.gateway.intake;

import io.doos.common.job.Bundle;
import io.doos.common.job.InputFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job's input files as its message names them: inline, in the bucket, or in a bundle. */
record Inputs(List<InputFile> files, @Nullable Bundle bundle) {}
