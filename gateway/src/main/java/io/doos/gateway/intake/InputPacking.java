package io.doos.gateway.intake;

import io.doos.common.job.Bundle;
import io.doos.common.job.InputFile;
import io.doos.common.store.StoreFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a job's input files where they travel best: into its message, or into a bundle. */
record InputPacking(BundleStore bundles, Drafts drafts) {

  /** Inputs up to this size travel in the message itself, which saves an upload and a download. */
  private static final int INLINE_BYTES = 64 * 1024;

  /** Of a submission; once this returns, a bundle of its files is durable. */
  Inputs inputs(Submission submission) throws Refusal, IOException {
    var inline = inline(submission);
    if (inline.isPresent()) {
      return inline.get();
    }
    try {
      return new Inputs(stored(submission), bundles.upload(submission.files()));
    } catch (StoreFailure e) {
      throw Refusals.of(e);
    }
  }

  private Optional<Inputs> inline(Submission submission) throws IOException {
    if (submission.extras().bundle() != null) {
      return Optional.of(new Inputs(stored(submission), submission.extras().bundle()));
    }
    if (submission.bytes() > INLINE_BYTES) {
      return Optional.empty();
    }
    var files = new ArrayList<InputFile>(stored(submission));
    for (var file : submission.files()) {
      files.add(new InputFile.Inline(file.name(), file.content().read(INLINE_BYTES)));
    }
    var inputs = new Inputs(List.copyOf(files), null);
    return drafts.fits(submission, inputs) ? Optional.of(inputs) : Optional.empty();
  }

  private static List<InputFile> stored(Submission submission) {
    return List.copyOf(submission.extras().stored());
  }

  /** Each job has a bundle of its own, which goes with it. */
  @Nullable Bundle copied(@Nullable Bundle bundle) throws Refusal, IOException {
    if (bundle == null) {
      return null;
    }
    try {
      return bundles
          .copy(bundle)
          .orElseThrow(() ->
              new Refusal.Invalid(
                  "Its input files are gone: those of a job that is done are not kept"));
    } catch (StoreFailure e) {
      throw Refusals.of(e);
    }
  }

  /** Removes what was packed for a job that is not to be; what a client brought along stays. */
  void discard(Inputs inputs) {
    var bundle = inputs.bundle();
    if (bundle != null && bundles.isOurs(bundle)) {
      bundles.discard(bundle);
    }
  }
}
