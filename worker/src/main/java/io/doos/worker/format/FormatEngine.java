package io.doos.worker.format;

import io.doos.common.format.PageFormat;
import io.doos.common.format.SystemId;
import io.doos.common.job.Work;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.worker.fop.FormatReply;
import io.doos.worker.fop.FormatRequest;
import io.doos.worker.format.FormatTurn.Outcome;
import io.doos.worker.office.JailedProgram;
import io.doos.worker.office.Office;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Formats a job's document in a borrowed formatter. The result holds the pages and, where there was
 * something to say, {@value #LOG}; a document that lacks something leaves {@value #MISSING}
 * instead, a reference a line. Keeps no time: whoever watches the deadline kills the formatter.
 */
public final class FormatEngine {

  private static final Logger log = LoggerFactory.getLogger(FormatEngine.class);

  /** The file of what Apache FOP had to say, an entry a line: level, blank, text. */
  public static final String LOG = "format.log";

  /** The file of the references that lead nowhere. */
  public static final String MISSING = "missing.txt";

  /** What made the pages; statuses call it the office's version. */
  public static final String VERSION = "FOP 2.11";

  private static final String ABSENT = "is known to lead nowhere";

  private static final String INPUT = "in";
  private static final String OUTPUT = "out";
  private static final String FROM_WEB = "web";

  /**
   * Formats.
   *
   * @param web what the document has of the web
   * @param files the job's; a folder of them is back in its place afterwards, as the formatter left
   *     it
   * @param output a folder to be made, with what the document left
   * @throws IOException when the job's files cannot be moved by us: not the job's fault
   */
  public FormatTurn run(
      Work.Format work, FromWeb web, JobFiles files, Path output, FormatterLease lease)
      throws IOException {
    var format = PageFormat.of(work.to());
    if (format.isEmpty()) {
      return refused(
          output,
          ErrorCode.BAD_JOB,
          "Documents cannot be formatted to '%s': there are %s"
              .formatted(work.to(), String.join(", ", PageFormat.mediaTypes())));
    }
    if (!files.has(work.source())) {
      return refused(
          output, ErrorCode.INPUT_MISSING, "There is no file '" + work.source() + "' to format");
    }
    var program = lease.program();
    var pages = stem(work.source()) + "." + format.get().extension();
    putIn(files, program);
    var copies = bring(web, output, program);
    var entries = new ArrayList<String>();
    var request = request(work, web, files, copies, pages, format.get(), program);
    var outcome = formatted(request, lease, entries);
    takeOut(files, outcome, output, program);
    program.emptyJobFolder();
    return new FormatTurn(outcome, web, output, pages, entries);
  }

  private static void putIn(JobFiles files, JailedProgram program) throws IOException {
    switch (files) {
      case JobFiles.Packed _ -> {} // go with the request
      case JobFiles.Folder(var path) -> {
        program.giveToOffice(path);
        Files.move(path, program.jobFolder().resolve(INPUT), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /** Out of the formatter's sight; whoever owns the workspace deletes it while others format. */
  private static void takeOut(JobFiles files, Outcome outcome, Path output, JailedProgram program)
      throws IOException {
    switch (files) {
      case JobFiles.Packed _ -> {}
      case JobFiles.Folder(var path) ->
          Files.move(program.jobFolder().resolve(INPUT), path, StandardCopyOption.ATOMIC_MOVE);
    }
    if (!(outcome instanceof Outcome.Replied(FormatReply.Pages _))) {
      try {
        Files.move(program.jobFolder().resolve(OUTPUT), output, StandardCopyOption.ATOMIC_MOVE);
      } catch (NoSuchFileException e) {
        // it had nothing to write
      }
    }
  }

  /**
   * Copies what came of the web into the formatter's reach, made elsewhere and moved at once: what
   * is made there it could exchange for a link while we write.
   *
   * @return how the formatter sees them, by reference
   */
  private static Map<String, String> bring(FromWeb web, Path output, JailedProgram program)
      throws IOException {
    var inside = new HashMap<String, String>();
    if (!web.files().isEmpty()) {
      var copies = Files.createDirectory(output.resolveSibling(FROM_WEB + "-copies"));
      for (var file : web.files().entrySet()) {
        var name = "" + inside.size();
        Files.copy(file.getValue(), copies.resolve(name));
        inside.put(file.getKey(), program.jobFolderInside() + FROM_WEB + "/" + name);
      }
      program.giveToOffice(copies);
      Files.move(copies, program.jobFolder().resolve(FROM_WEB), StandardCopyOption.ATOMIC_MOVE);
    }
    return inside;
  }

  private static Outcome formatted(
      FormatRequest request, FormatterLease lease, List<String> entries) {
    try {
      return new Outcome.Replied(
          lease.format(request, entry -> entries.add(entry.level() + " " + entry.text())));
    } catch (IOException e) {
      log.debug("{} has gone", lease.program().name(), e);
      var death = lease.program().death();
      if (death == Office.Death.NONE) { // it talks nonsense, and must not go on
        lease.program().kill(Office.Death.RETIRED);
        return new Outcome.Gone(Office.Death.ITSELF);
      }
      return new Outcome.Gone(death);
    }
  }

  private static FormatRequest request(
      Work.Format work,
      FromWeb web,
      JobFiles files,
      Map<String, String> copies,
      String pages,
      PageFormat format,
      JailedProgram program) {
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
        program.jobFolderInside() + OUTPUT + "/" + pages,
        format,
        new FormatRequest.References(
            base == null ? SystemId.ofFile(work.source()).toString() : base,
            references,
            absent,
            web.hosts()),
        work.options());
  }

  private static String stem(String source) {
    var name = source.substring(source.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static FormatTurn refused(Path output, ErrorCode code, String why) {
    return new FormatTurn(
        new Outcome.Refused(JobError.of(code, why)), FromWeb.NOTHING, output, "", List.of());
  }
}
