package io.doos.worker.format;

import io.doos.worker.fop.FormatReply;
import io.doos.worker.fop.FormatRequest;
import io.doos.worker.format.FormatTurn.Outcome;
import io.doos.worker.office.JailedProgram;
import io.doos.worker.office.Office;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

  private static final String FROM_WEB = "web";

  /**
   * Formats.
   *
   * @param lease of a formatter that was lent for this task
   * @throws IOException when the job's files cannot be moved by us: not the job's fault. What is
   *     left of them ends with the formatter
   */
  public FormatTurn run(FormatTask task, FormatterLease lease) throws IOException {
    var fault = task.fault();
    if (fault.isPresent()) {
      return new FormatTurn(new Outcome.Refused(fault.get()), task, List.of());
    }
    var program = lease.program();
    var entries = new ArrayList<String>();
    var isTidy = false;
    try {
      putIn(task.files(), program);
      var copies = bring(task, program);
      var outcome = formatted(task.request(program, copies), lease, entries);
      takeOut(task, outcome, program);
      program.emptyJobFolder();
      isTidy = true;
      return new FormatTurn(outcome, task, entries);
    } finally {
      if (!isTidy) {
        program.kill(Office.Death.RETIRED);
      }
    }
  }

  private static void putIn(JobFiles files, JailedProgram program) throws IOException {
    switch (files) {
      case JobFiles.Packed _ -> {} // go with the request
      case JobFiles.Folder(var path) -> {
        program.giveToOffice(path);
        Files.move(
            path, program.jobFolder().resolve(FormatTask.INPUT), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /** Out of the formatter's sight; whoever owns the workspace deletes it while others format. */
  private static void takeOut(FormatTask task, Outcome outcome, JailedProgram program)
      throws IOException {
    var folder = program.jobFolder();
    switch (task.files()) {
      case JobFiles.Packed _ -> {}
      case JobFiles.Folder(var path) ->
          Files.move(folder.resolve(FormatTask.INPUT), path, StandardCopyOption.ATOMIC_MOVE);
    }
    if (!(outcome instanceof Outcome.Replied(FormatReply.Pages _))) {
      try {
        var output = folder.resolve(FormatTask.OUTPUT);
        Files.move(output, task.output(), StandardCopyOption.ATOMIC_MOVE);
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
  private static Map<String, String> bring(FormatTask task, JailedProgram program)
      throws IOException {
    var inside = new HashMap<String, String>();
    var files = task.web().files();
    if (!files.isEmpty()) {
      var copies = Files.createDirectory(task.output().resolveSibling(FROM_WEB + "-copies"));
      for (var file : files.entrySet()) {
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
}
