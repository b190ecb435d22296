package io.doos.worker.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.format.SystemId;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.web.WebOrigin;
import io.doos.worker.engine.EngineResult;
import io.doos.worker.fop.FormatReply;
import io.doos.worker.office.FolderTree;
import io.doos.worker.office.Office;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What a formatter made of a document. Nothing of it is in the formatter any more, which may be
 * given back before this is concluded.
 *
 * @param task its output folder is there already where the pages were too many to travel
 * @param entries what Apache FOP had to say
 */
public record FormatTurn(Outcome outcome, FormatTask task, List<String> entries) {

  /** What the formatter came to. */
  sealed interface Outcome {

    /** Its reply. */
    record Replied(FormatReply reply) implements Outcome {}

    /** Its end. */
    record Gone(Office.Death death) implements Outcome {}

    /** It was not asked. */
    record Refused(JobError error) implements Outcome {}
  }

  /**
   * Puts what the document left into its folder.
   *
   * @throws IOException when the folder cannot be written to: not the job's fault
   */
  public FormatResult conclude() throws IOException {
    if (outcome instanceof Outcome.Replied(FormatReply.Missing(var references))) {
      var toFetch = toFetch(references);
      if (toFetch.size() == references.size()) {
        FolderTree.delete(task.output());
        return new FormatResult.Wants(toFetch);
      }
    }
    makeFolder();
    return new FormatResult.Ended(ended());
  }

  /** What lies in the folder's place was the formatter's, which could have made it a link. */
  private void makeFolder() throws IOException {
    if (!Files.isDirectory(task.output(), LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(task.output());
      Files.createDirectory(task.output());
    }
  }

  /** Those of {@code references} that can be fetched, whatever the formatter makes of them. */
  private List<SystemId> toFetch(List<String> references) {
    return references.stream()
        .filter(task.web()::isNew)
        .flatMap(reference -> SystemId.parse(reference).stream())
        .filter(reference ->
            WebOrigin.of(reference.uri()).filter(task.web().hosts()::covers).isPresent())
        .toList();
  }

  private EngineResult ended() throws IOException {
    return switch (outcome) {
      case Outcome.Replied(FormatReply.Pages(var content)) -> {
        make(task.pages(), content);
        keep(FormatEngine.LOG, entries);
        yield new EngineResult.Finished(null);
      }
      case Outcome.Replied(FormatReply.Done _), Outcome.Replied(FormatReply.Log _) -> {
        keep(FormatEngine.LOG, entries);
        yield new EngineResult.Finished(null);
      }
      case Outcome.Replied(FormatReply.Missing(var all)) -> {
        var fetched = toFetch(all).stream().map(SystemId::toString).toList();
        var references = all.stream().filter(one -> !fetched.contains(one)).toList();
        FolderTree.delete(task.output());
        Files.createDirectory(task.output());
        keep(FormatEngine.LOG, entries);
        keep(FormatEngine.MISSING, references);
        yield new EngineResult.Failed(
            JobError.of(
                ErrorCode.INPUT_MISSING,
                "The document needs what did not come with it: " + String.join(", ", references)));
      }
      case Outcome.Replied(FormatReply.Bad(var why)) -> {
        keep(FormatEngine.LOG, entries);
        yield new EngineResult.Failed(JobError.of(ErrorCode.BAD_DOCUMENT, why));
      }
      case Outcome.Gone(Office.Death death) ->
          death == Office.Death.OUT_OF_MEMORY
              ? new EngineResult.Failed(
                  JobError.of(
                      ErrorCode.OUT_OF_MEMORY,
                      "It asked for more memory than the setting format.memory gives"))
              : new EngineResult.OfficeLost(death);
      case Outcome.Refused(var error) -> new EngineResult.Failed(error);
    };
  }

  private void keep(String name, List<String> lines) throws IOException {
    if (!lines.isEmpty()) {
      make(name, (String.join("\n", lines) + "\n").getBytes(UTF_8));
    }
  }

  /**
   * A file of ours, whatever the formatter may have put there, or may still put: the folder was its
   * own.
   */
  private void make(String name, byte[] content) throws IOException {
    var file = task.output().resolve(name);
    FolderTree.delete(file);
    Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }
}
