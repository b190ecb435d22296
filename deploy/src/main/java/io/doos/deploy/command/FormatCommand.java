package io.doos.deploy.command;

import io.doos.common.config.BadSettingsException;
import io.doos.common.config.CliserSetting;
import io.doos.common.config.Settings;
import io.doos.common.format.PageFormat;
import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.client.CliserClient;
import io.doos.deploy.client.CliserClient.Formatted;
import io.doos.deploy.client.DoosClient;
import io.doos.deploy.client.FilesBelow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code doos format}. */
@Command(
    name = "format",
    description =
        "Format an XSL-FO document by the CLISER door; the farm asks back for the images it needs.")
final class FormatCommand implements Callable<Integer> {

  private static final int USUAL_PORT = 6570;
  private static final int USUAL_TLS_PORT = 6571;

  private final DoosCommand doos;

  @Parameters(index = "0", paramLabel = "DOCUMENT", description = "The XSL-FO document.")
  private @Nullable Path document;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where the pages go, a file or a folder that is there; beside the document if not given.")
  private @Nullable Path output;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description =
          "PDF, PS, AFP, PCL, PNG, TIFF, TXT, RTF or AT; by the output's name if not given, else PDF.")
  private @Nullable String to;

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description = "An option of formatting such as PDF_A=2b; may be repeated.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--files",
      paramLabel = "FOLDER",
      description =
          "Folder of files that the farm may ask for, besides the document's own; may be repeated.")
  private List<Path> folders = new ArrayList<>();

  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "Its CLISER port; the setting cliser.port, or 6570, if not given; over TLS cliser.tls-port,"
              + " or 6571.")
  private @Nullable Integer port;

  @Mixin private EntranceOptions entrance = new EntranceOptions();

  FormatCommand(DoosCommand doos) {
    this.doos = doos;
  }

  @Override
  public Integer call() throws Exception {
    var source = doos.shell().folder().resolve(Objects.requireNonNull(document)).toAbsolutePath();
    if (!Files.isRegularFile(source)) {
      throw new NoSuchFileException(String.valueOf(document));
    }
    var format = wanted();
    if (format.isEmpty()) {
      doos.shell()
          .err()
          .printf(
              "doos: there is no format %s; there are %s.%n",
              to, Arrays.asList(PageFormat.values()));
      return ExitCode.USAGE;
    }
    var target = target(source, stem(source) + "." + format.get().extension());
    return format(source, format.get(), target);
  }

  /** Where the pages go: as told, a folder that is there gets a file of this name. */
  private Path target(Path source, String name) throws IOException {
    if (output == null) {
      return source.resolveSibling(name);
    }
    var told = doos.shell().folder().resolve(output).toAbsolutePath();
    if (Files.isDirectory(told)) {
      return told.resolve(name);
    }
    Files.createDirectories(Objects.requireNonNull(told.getParent()));
    return told;
  }

  private int format(Path source, PageFormat format, Path target)
      throws ClientFailure, IOException, Exception {
    var allowed = new ArrayList<Path>();
    allowed.add(Objects.requireNonNull(source.getParent()));
    folders.forEach(folder -> allowed.add(doos.shell().folder().resolve(folder)));
    var config = config();
    var part = target.resolveSibling(target.getFileName() + ".part");
    var err = doos.shell().err();
    try (var client =
        CliserClient.connect(
            config, new FilesBelow(allowed), (level, text) -> err.println(level + ": " + text))) {
      if (config.entrance().token().isPresent()) {
        client.set("TOKEN", config.entrance().token().get());
      }
      client.set("OUTPUT_FORMAT", format.name());
      for (var option : options.entrySet()) {
        client.set(option.getKey(), option.getValue());
      }
      Formatted formatted;
      try (var pages = Files.newOutputStream(part)) {
        formatted = client.format(source, source.toUri().toString(), pages);
      }
      return switch (formatted) {
        case Formatted.Pages(_, var bytes) -> {
          Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
          doos.shell().out().println(target + "  " + bytes + " bytes");
          yield ExitCode.OK;
        }
        case Formatted.Failed(var why) -> {
          err.println("doos: " + why);
          yield why.endsWith("try again later.") ? ExitCode.FARM_UNREACHABLE : ExitCode.JOB_FAILED;
        }
      };
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private DoosClient.Config config() throws BadSettingsException, IOException {
    var settings = doos.settings();
    return new DoosClient.Config(
        gateway.host(settings),
        port == null ? usualPort(settings) : port,
        FarmOptions.CONNECT_TIMEOUT,
        FarmOptions.PATIENCE,
        entrance.entrance(doos));
  }

  private int usualPort(Settings settings) {
    return entrance.isTls()
        ? settings.get(CliserSetting.CLISER_TLS_PORT).orElse(USUAL_TLS_PORT)
        : settings.get(CliserSetting.CLISER_PORT).orElse(USUAL_PORT);
  }

  private Optional<PageFormat> wanted() {
    if (to != null) {
      return PageFormat.of(to);
    }
    var name = output == null ? "" : String.valueOf(output.getFileName());
    return Arrays.stream(PageFormat.values())
        .filter(format -> name.endsWith("." + format.extension()))
        .findFirst()
        .or(() -> Optional.of(PageFormat.PDF));
  }

  private static String stem(Path file) {
    var name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
