package io.doos.worker.format;

import io.doos.common.format.PageFormat;
import io.doos.common.format.SystemId;
import io.doos.common.job.Work;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.web.WebOrigin;
import io.doos.worker.engine.EngineResult;
import io.doos.worker.fop.FormatReply;
import io.doos.worker.fop.FormatRequest;
import io.doos.worker.office.FolderTree;
import io.doos.worker.office.JailedProgram;
import io.doos.worker.office.Office;
import java.io.IOException;
import java.nio.file.Files;
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
   * @param input the job's files; back in their place afterwards, as the formatter left them
   * @param output a folder to be made, with what the document left
   * @throws IOException when the job's files cannot be moved by us: not the job's fault
   */
  public FormatResult run(
      Work.Format work, FromWeb web, Path input, Path output, FormatterLease lease)
      throws IOException {
    var format = PageFormat.of(work.to());
    if (format.isEmpty()) {
      return failed(
          output,
          ErrorCode.BAD_JOB,
          "Documents cannot be formatted to '%s': there are %s"
              .formatted(work.to(), String.join(", ", PageFormat.mediaTypes())));
    }
    if (!Files.isRegularFile(input.resolve(work.source()))) {
      return failed(
          output, ErrorCode.INPUT_MISSING, "There is no file '" + work.source() + "' to format");
    }
    var program = lease.program();
    program.giveToOffice(input);
    var inside = program.jobFolder().resolve(INPUT);
    Files.move(input, inside, StandardCopyOption.ATOMIC_MOVE);
    Files.createDirectory(program.jobFolder().resolve(OUTPUT));
    program.giveToOffice(program.jobFolder().resolve(OUTPUT));
    var copies = bring(web, output, program);
    var entries = new ArrayList<String>();
    var result = formatted(request(work, web, copies, format.get(), program), lease, entries);
    Files.move(program.jobFolder().resolve(OUTPUT), output, StandardCopyOption.ATOMIC_MOVE);
    // out of the formatter's sight; whoever owns the workspace deletes it while others format
    Files.move(inside, input, StandardCopyOption.ATOMIC_MOVE);
    program.emptyJobFolder();
    return concluded(result, web, output, entries);
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

  /** What the formatter came to: a reply, or its end. */
  private sealed interface Outcome {
    record Replied(FormatReply reply) implements Outcome {}

    record Gone(Office.Death death) implements Outcome {}
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

  private static FormatResult concluded(
      Outcome outcome, FromWeb web, Path output, List<String> entries) throws IOException {
    if (outcome instanceof Outcome.Replied(FormatReply.Missing(var references))) {
      var toFetch = toFetch(references, web);
      if (toFetch.size() == references.size()) {
        FolderTree.delete(output);
        return new FormatResult.Wants(toFetch);
      }
    }
    return new FormatResult.Ended(ended(outcome, web, output, entries));
  }

  /** Those of {@code references} that can be fetched, whatever the formatter makes of them. */
  private static List<SystemId> toFetch(List<String> references, FromWeb web) {
    return references.stream()
        .filter(web::isNew)
        .flatMap(reference -> SystemId.parse(reference).stream())
        .filter(reference -> WebOrigin.of(reference.uri()).filter(web.hosts()::covers).isPresent())
        .toList();
  }

  private static EngineResult ended(Outcome outcome, FromWeb web, Path output, List<String> entries)
      throws IOException {
    return switch (outcome) {
      case Outcome.Replied(FormatReply.Done _), Outcome.Replied(FormatReply.Log _) -> {
        keep(output, LOG, entries);
        yield new EngineResult.Finished(null);
      }
      case Outcome.Replied(FormatReply.Missing(var all)) -> {
        var fetched = toFetch(all, web).stream().map(SystemId::toString).toList();
        var references = all.stream().filter(one -> !fetched.contains(one)).toList();
        FolderTree.delete(output);
        Files.createDirectory(output);
        keep(output, LOG, entries);
        keep(output, MISSING, references);
        yield new EngineResult.Failed(
            JobError.of(
                ErrorCode.INPUT_MISSING,
                "The document needs what did not come with it: " + String.join(", ", references)));
      }
      case Outcome.Replied(FormatReply.Bad(var why)) -> {
        keep(output, LOG, entries);
        yield new EngineResult.Failed(JobError.of(ErrorCode.BAD_DOCUMENT, why));
      }
      case Outcome.Gone(Office.Death death) ->
          death == Office.Death.OUT_OF_MEMORY
              ? new EngineResult.Failed(
                  JobError.of(
                      ErrorCode.OUT_OF_MEMORY,
                      "It asked for more memory than the setting format.memory gives"))
              : new EngineResult.OfficeLost(death);
    };
  }

  private static FormatRequest request(
      Work.Format work,
      FromWeb web,
      Map<String, String> copies,
      PageFormat format,
      JailedProgram program) {
    var folder = program.jobFolderInside();
    var base = work.references().base();
    var files = new HashMap<>(copies);
    files.putAll(work.references().files());
    var absent = new HashMap<>(web.failed());
    work.references().absent().forEach(reference -> absent.put(reference, ABSENT));
    return new FormatRequest(
        folder + INPUT + "/",
        work.source(),
        folder + OUTPUT + "/" + stem(work.source()) + "." + format.extension(),
        format,
        new FormatRequest.References(
            base == null ? SystemId.ofFile(work.source()).toString() : base,
            files,
            absent,
            web.hosts()),
        work.options());
  }

  private static String stem(String source) {
    var name = source.substring(source.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static void keep(Path output, String name, List<String> lines) throws IOException {
    if (!lines.isEmpty()) {
      Files.write(output.resolve(name), lines);
    }
  }

  private static FormatResult failed(Path output, ErrorCode code, String why) throws IOException {
    Files.createDirectory(output);
    return new FormatResult.Ended(new EngineResult.Failed(JobError.of(code, why)));
  }
}
