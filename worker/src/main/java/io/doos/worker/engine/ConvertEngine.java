package io.doos.worker.engine;

import io.doos.common.job.Work;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Converts every file of a job to one format. A document that cannot be converted keeps none of the
 * others from it: the job then fails with what was converted as its partial result, and says which
 * were not, and why. The last document stays open for {@link OfficeCleaning} to close, which must
 * share its {@link OfficeBasics}: nobody has to wait for that.
 */
public final class ConvertEngine implements Engine {

  private final OfficeBasics basics;
  private final Map<String, DocumentFilters> filters = new ConcurrentHashMap<>();

  public ConvertEngine(OfficeBasics basics) {
    this.basics = basics;
  }

  @Override
  public EngineResult run(EngineTask task) throws IOException, InterruptedException {
    if (!(task.work() instanceof Work.Convert work)) {
      throw new IllegalArgumentException("not a conversion: " + task.work().kind());
    }
    ConversionOptions options;
    try {
      options = ConversionOptions.of(work.to(), work.options());
    } catch (ConversionOptions.BadOptionException e) {
      return failed(ErrorCode.BAD_JOB, String.valueOf(e.getMessage()));
    }
    var outputs = outputs(work, documents(task.folder().input()));
    if (outputs.isEmpty()) {
      return failed(ErrorCode.INPUT_MISSING, "There is no file to convert");
    }
    try {
      return convert(work, options, outputs, task);
    } catch (com.sun.star.lang.DisposedException e) {
      return new EngineResult.OfficeLost(OfficeTrouble.death(task.lease().office()));
    } catch (com.sun.star.uno.RuntimeException e) {
      task.lease().spoil();
      return new EngineResult.Failed(OfficeTrouble.error(e, ErrorCode.BAD_DOCUMENT));
    }
  }

  private EngineResult convert(
      Work.Convert work, ConversionOptions options, Map<Path, String> outputs, EngineTask task)
      throws IOException {
    var office = basics.of(task.lease().office());
    var exports =
        filters.computeIfAbsent(task.lease().office().version(), _ -> DocumentFilters.of(office));
    var faults = new TreeMap<String, DocumentFault>();
    try (var _ = office.silence()) { // no macro runs that could fail or leave traces
      for (var output : outputs.entrySet()) {
        var name = output.getKey().toString();
        try {
          makeFolders(output.getValue(), task);
          convert(output.getKey(), output.getValue(), work, options, office, exports, task);
        } catch (DocumentFault e) {
          faults.put(name, e);
        }
      }
    }
    return faults.isEmpty()
        ? new EngineResult.Finished(null)
        : new EngineResult.Failed(error(faults, outputs.size()));
  }

  private static void convert(
      Path input,
      String output,
      Work.Convert work,
      ConversionOptions options,
      OfficeBasic office,
      DocumentFilters exports,
      EngineTask task)
      throws DocumentFault, IOException {
    var folder = task.folder();
    var asText = !exports.canBe(work.to(), DocumentKind.WEB);
    var document =
        SourceDocument.load(
            office,
            folder.input().resolve(input),
            url(folder.inputInside() + input),
            options.password(),
            asText);
    var kind = document.kind().service();
    var export =
        work.filter() == null ? exports.to(work.to(), kind) : exports.named(work.filter(), kind);
    var arguments = new HashMap<String, Object>();
    arguments.put("FilterName", export.name());
    if (options.filterOptions() != null) {
      arguments.put("FilterOptions", options.filterOptions());
    } else if (export.name().equals(SourceDocument.TEXT_FILTER)) {
      arguments.put("FilterOptions", "UTF8,LF");
    }
    if (!options.filterData().isEmpty()) {
      arguments.put("FilterData", UnoValues.array(options.filterData()));
    }
    if (options.landscape()) {
      Landscape.turn(document.component());
    }
    document.store(url(folder.outputInside() + output), arguments);
  }

  /** The files of the job, as paths in its folder, in order. */
  private static List<Path> documents(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(folder::relativize)
          .sorted()
          .toList();
    }
  }

  /** {@code a.odt} becomes {@code a.pdf}; beside an {@code a.doc}, {@code a.odt.pdf}. */
  static Map<Path, String> outputs(Work.Convert work, List<Path> documents) {
    var outputs = new TreeMap<Path, String>();
    for (var document : documents) {
      var stem = stem(document);
      var alone = documents.stream().filter(other -> stem(other).equals(stem)).count() == 1;
      outputs.put(document, (alone ? stem : document) + "." + work.to());
    }
    return outputs;
  }

  private static String stem(Path document) {
    var path = document.toString();
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
  }

  private static void makeFolders(String output, EngineTask task) throws IOException {
    var folder = task.folder().output();
    for (var slash = output.indexOf('/'); slash >= 0; slash = output.indexOf('/', slash + 1)) {
      var inner = folder.resolve(output.substring(0, slash));
      if (!Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(inner);
        task.lease().office().giveToOffice(inner);
      }
    }
  }

  private static String url(String path) {
    try {
      return new URI("file", "", path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  private static EngineResult failed(ErrorCode code, String message) {
    return new EngineResult.Failed(JobError.of(code, message));
  }

  private static JobError error(Map<String, DocumentFault> faults, int documents) {
    var all =
        faults.entrySet().stream()
            .map(fault -> "'" + fault.getKey() + "': " + fault.getValue().why())
            .collect(Collectors.joining("; "));
    var code = faults.values().iterator().next().code();
    return JobError.of(
        code,
        documents == 1
            ? "Not converted: " + all
            : "%d of %d documents were not converted: %s".formatted(faults.size(), documents, all));
  }
}
