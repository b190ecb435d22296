package io.doos.deploy.command;

import io.doos.deploy.client.DocumentApi;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code doos convert}. */
@Command(
    name = "convert",
    description = {
      "Convert documents, a job each, several at a time.",
      "One that cannot be converted costs none of the others; a table at the end says why."
    })
final class ConvertCommand implements Callable<Integer> {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}");

  private final DoosCommand doos;

  @Mixin private HttpOptions farm = new HttpOptions();

  @Parameters(arity = "1..*", paramLabel = "DOCUMENT", description = "What to convert.")
  private List<Path> documents = new ArrayList<>();

  @Option(
      names = {"-t", "--to"},
      paramLabel = "FORMAT",
      defaultValue = "pdf",
      description = "The extension of the wanted format; ${DEFAULT-VALUE} if not given.")
  private String to = "pdf";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "Where the files go; made when it is not there.")
  private Path output = Path.of(".");

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description = "An option of the conversion, such as pdfa=2b or pages=1-3; may be repeated.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "NUMBER",
      defaultValue = "4",
      description = "How many at a time; ${DEFAULT-VALUE} if not given.")
  private int jobs = 4;

  @Mixin private RunOptions run = new RunOptions();

  @Option(names = "--json", description = "Answer with one JSON object, at the end.")
  private boolean json;

  ConvertCommand(DoosCommand doos) {
    this.doos = doos;
  }

  @Override
  public Integer call() throws Exception {
    if (jobs < 1 || jobs > 256) {
      doos.shell().err().println("doos: --jobs is a number from 1 to 256.");
      return ExitCode.USAGE;
    }
    var shell = doos.shell();
    var found = new ArrayList<Path>();
    for (var document : documents) {
      found.add(existing(shell.folder().resolve(document)));
    }
    var api = new DocumentApi(farm.client(doos));
    var report = new ConversionReport(shell, found.size(), json);
    var conversions = new Conversions(api, fields(), shell.folder().resolve(output));
    report.begin();
    List<Conversion> all;
    try {
      all = conversions.run(found, jobs, report::show);
    } finally {
      report.end();
    }
    report.sum(all);
    return all.stream().anyMatch(Conversion.Failed.class::isInstance)
        ? ExitCode.JOB_FAILED
        : ExitCode.OK;
  }

  private static Path existing(Path document) throws NoSuchFileException {
    if (!Files.isRegularFile(document)) {
      throw new NoSuchFileException(document.toString());
    }
    return document;
  }

  private Map<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("kind", "convert");
    fields.put("to", to);
    if (!options.isEmpty()) {
      var typed = new LinkedHashMap<String, Object>();
      options.forEach((name, value) -> typed.put(name, typed(name, value)));
      fields.put("options", Json.line(typed));
    }
    run.pool().ifPresent(pool -> fields.put("pool", pool));
    run.timeout()
        .ifPresent(timeout -> fields.put("timeout", Math.max(1, timeout.toSeconds()) + "s"));
    return fields;
  }

  /** A command line knows text only; a password of digits stays text. */
  private static Object typed(String name, String value) {
    if (name.endsWith("assword") || name.equals("watermark")) {
      return value;
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      case String number when NUMBER.matcher(number).matches() -> Long.valueOf(number);
      default -> value;
    };
  }
}
