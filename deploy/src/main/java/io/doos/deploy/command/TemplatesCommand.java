package io.doos.deploy.command;

import io.doos.common.job.FileName;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import io.doos.deploy.command.Wiring.StoreOpener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code doos templates}: what macros find in their TEMPLATEDIR. */
@Command(
    name = "templates",
    description = "Keep the templates that every macro finds in <<TEMPLATEDIR>>.")
final class TemplatesCommand {

  private static final String PREFIX = "templates/";

  private final DoosCommand doos;
  private final StoreOpener store;

  private TemplatesCommand(DoosCommand doos, StoreOpener store) {
    this.doos = doos;
    this.store = store;
  }

  static CommandLine commandLine(DoosCommand doos, StoreOpener store) {
    var templates = new TemplatesCommand(doos, store);
    return new CommandLine(templates)
        .addSubcommand(templates.new Put())
        .addSubcommand(templates.new ListAll())
        .addSubcommand(templates.new Remove());
  }

  private ObjectStore open() throws Exception {
    return store.open(doos.settings());
  }

  /** {@code doos templates put}. */
  @Command(name = "put", description = "Add or replace templates; of a folder, all files in it.")
  final class Put implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files or folders.")
    private List<Path> sources = new ArrayList<>();

    @Option(names = "--json", description = "Answer with a JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      var files = new TreeMap<String, Path>();
      for (var source : sources) {
        gather(source, files);
      }
      var put = new ArrayList<Template>();
      try (var bucket = open()) {
        for (var file : files.entrySet()) {
          bucket.put(PREFIX + file.getKey(), file.getValue());
          put.add(new Template(file.getKey(), Files.size(file.getValue())));
        }
      }
      answer(json, put);
      return ExitCode.OK;
    }

    private static void gather(Path source, Map<String, Path> files) throws IOException {
      try (var found = Files.walk(source)) {
        for (var file : found.filter(Files::isRegularFile).toList()) {
          var name = file.equals(source) ? file.getFileName() : source.relativize(file);
          files.put(checkedName(name.toString()), file);
        }
      }
    }

    private static String checkedName(String name) throws IOException {
      try {
        return FileName.check(name);
      } catch (IllegalArgumentException e) {
        throw new IOException(e.getMessage() + ".", e);
      }
    }
  }

  /** {@code doos templates list}. */
  @Command(name = "list", description = "Name the templates with their sizes.")
  final class ListAll implements Callable<Integer> {

    @Option(names = "--json", description = "Answer with a JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      List<Template> all;
      try (var bucket = open()) {
        all = bucket.list(PREFIX).stream().map(Template::of).toList();
      }
      answer(json, all);
      return ExitCode.OK;
    }
  }

  /** A template as it is told. */
  record Template(String name, long bytes) {
    private static Template of(ObjectStore.StoredObject object) {
      return new Template(object.key().substring(PREFIX.length()), object.bytes());
    }
  }

  /** {@code doos templates remove}. */
  @Command(name = "remove", description = "Remove templates.")
  final class Remove implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "As `list` names them.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--json", description = "Answer with a JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      var removed = new ArrayList<String>();
      try (var bucket = open()) {
        for (var name : names) {
          if (remove(bucket, name)) {
            removed.add(name);
          }
        }
      }
      if (json) {
        doos.shell().out().println(Json.line(Map.of("removed", removed)));
      } else {
        removed.forEach(name -> doos.shell().out().println("Removed " + name));
      }
      return removed.size() == names.size() ? ExitCode.OK : ExitCode.USAGE;
    }

    private boolean remove(ObjectStore bucket, String name) throws StoreFailure {
      var key = PREFIX + name;
      if (bucket.list(key).stream().noneMatch(template -> template.key().equals(key))) {
        doos.shell().err().println("doos: there is no template named " + name + ".");
        return false;
      }
      bucket.delete(key);
      return true;
    }
  }

  private void answer(boolean json, List<Template> all) {
    var out = doos.shell().out();
    if (json) {
      out.println(Json.line(Map.of("templates", all)));
    } else {
      all.forEach(template ->
          out.println(Answers.printable(template.name) + "  " + Answers.size(template.bytes)));
    }
  }
}
