package io.doos.worker.format;

import io.doos.common.format.PageFormat;
import io.doos.common.format.SystemId;
import io.doos.common.job.Work;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.worker.fop.FormatRequest;
import io.doos.worker.office.JailedProgram;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A document to format.
 *
 * @param web what it has of the web
 * @param files the job's; a folder of them is back in its place afterwards, as the formatter left
 *     it
 * @param output a folder to be made, with what the document left
 */
public record FormatTask(Work.Format work, FromWeb web, JobFiles files, Path output) {

  /** The job's files in a formatter's job folder. */
  static final String INPUT = "in";

  /** The pages in it, where they are too many to travel. */
  static final String OUTPUT = "out";

  private static final String ABSENT = "is known to lead nowhere";

  /** Why it cannot be formatted, whatever the document is like. */
  Optional<JobError> fault() {
    if (PageFormat.of(work.to()).isEmpty()) {
      var all = String.join(", ", PageFormat.mediaTypes());
      return Optional.of(
          JobError.of(
              ErrorCode.BAD_JOB,
              "Documents cannot be formatted to '%s': there are %s".formatted(work.to(), all)));
    }
    return files.has(work.source())
        ? Optional.empty()
        : Optional.of(
            JobError.of(
                ErrorCode.INPUT_MISSING, "There is no file '" + work.source() + "' to format"));
  }

  /** How it is asked for before its turn, where it needs nothing but what travels. */
  Optional<Ahead> ahead() {
    return fault().isEmpty() && files instanceof JobFiles.Packed && web.files().isEmpty()
        ? Optional.of(program -> request(program, Map.of()))
        : Optional.empty();
  }

  /** The name of the file of the pages, or of the first of several. */
  String pages() {
    var name = work.source().substring(work.source().lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name) + "." + format().extension();
  }

  /**
   * What to ask a formatter.
   *
   * @param copies what it has of the web, as the formatter sees it
   */
  FormatRequest request(JailedProgram program, Map<String, String> copies) {
    var folder = program.jobFolderInside() + INPUT + "/";
    var contents = new HashMap<String, byte[]>();
    if (files instanceof JobFiles.Packed(var packed)) {
      packed.forEach((name, content) -> contents.put(folder + name, content));
    }
    var base = work.references().base();
    var references = new HashMap<>(copies);
    references.putAll(work.references().files());
    var absent = new HashMap<>(web.failed());
    work.references().absent().forEach(reference -> absent.put(reference, ABSENT));
    return new FormatRequest(
        folder,
        work.source(),
        contents,
        program.jobFolderInside() + OUTPUT + "/" + pages(),
        format(),
        new FormatRequest.References(
            base == null ? SystemId.ofFile(work.source()).toString() : base,
            references,
            absent,
            web.hosts()),
        work.options());
  }

  private PageFormat format() {
    return PageFormat.of(work.to()).orElseThrow();
  }
}
