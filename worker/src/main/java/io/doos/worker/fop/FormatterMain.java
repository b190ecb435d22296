package io.doos.worker.fop;

import io.doos.common.format.PageFormat;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.TransformerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A formatter as a process: warms up, then formats what it is asked to over its one connection, one
 * document at a time, until that ends.
 */
public final class FormatterMain {

  private static final String WARM_UP = "warm-up.fo";
  private static final int ROUNDS = 4;

  private FormatterMain() {}

  /**
   * Runs until its connection ends.
   *
   * @param arguments the socket to listen at, its job folder, then folders of fonts
   */
  public static void main(String[] arguments) throws Exception {
    var current = new AtomicReference<@Nullable JobResources>();
    SvgProtocol.install(current);
    JobUrls.install();
    settleXml();
    var folders = List.of(arguments).subList(2, arguments.length).stream().map(Path::of).toList();
    var run = new FopRun(InstalledFonts.in(folders), current);
    warmUp(run, Path.of(arguments[1]));
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(arguments[0]));
      try (var channel = listener.accept();
          var in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
          var out =
              new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)))) {
        serve(run, in, out);
      }
    }
  }

  private static void serve(FopRun run, DataInputStream in, DataOutputStream out)
      throws IOException {
    new FormatReply.Done().write(out);
    try {
      while (true) {
        var request = FormatRequest.read(in);
        run.format(request, entry -> tell(entry, out)).write(out);
      }
    } catch (EOFException e) {
      // whoever asked has gone, and so do we
    }
  }

  private static void tell(FormatReply.Log entry, DataOutputStream out) {
    try {
      entry.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * FOP asks for factories of XML several times a document, and each time all jars are searched for
   * one: a tenth of a small document's time.
   */
  static void settleXml() {
    settle(SAXParserFactory.class, SAXParserFactory.newDefaultInstance());
    settle(DocumentBuilderFactory.class, DocumentBuilderFactory.newDefaultInstance());
    settle(TransformerFactory.class, TransformerFactory.newDefaultInstance());
  }

  private static <T> void settle(Class<T> kind, T javasOwn) {
    System.setProperty(kind.getName(), javasOwn.getClass().getName());
  }

  /** The first documents take a second of classes and code; they had better be ours. */
  private static void warmUp(FopRun run, Path folder) throws IOException {
    byte[] content;
    try (var document = FormatterMain.class.getResourceAsStream(WARM_UP)) {
      if (document == null) {
        throw new IOException(WARM_UP + " is not in the worker's jar");
      }
      content = document.readAllBytes();
    }
    var output = folder.resolve("warm-up");
    for (int round = 0; round < ROUNDS; round++) {
      var format = round == 0 ? PageFormat.PNG : PageFormat.PDF;
      var request =
          new FormatRequest(
              folder + "/",
              WARM_UP,
              Map.of(folder + "/" + WARM_UP, content),
              output.resolve("pages." + format.extension()).toString(),
              format,
              FormatRequest.References.none(WARM_UP),
              Map.of());
      switch (run.format(request, _ -> {})) {
        case FormatReply.Done() -> Files.delete(Path.of(request.output()));
        case FormatReply.Pages _ -> {}
        case FormatReply.Log _, FormatReply.Missing _, FormatReply.Bad _ ->
            throw new IOException("The formatter's own document fails");
      }
    }
    Files.delete(output);
  }
}
