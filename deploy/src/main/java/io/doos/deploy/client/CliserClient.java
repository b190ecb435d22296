package io.doos.deploy.client;

import io.doos.common.cliser.ClientState;
import io.doos.common.cliser.ClientState.Action;
import io.doos.common.cliser.ClientState.Event;
import io.doos.common.cliser.Grammar;
import io.doos.common.cliser.Line;
import io.doos.common.cliser.WireDecoder;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A CLISER session with a gateway: options and documents, one after the other, and the files that
 * the farm asks for. For one thread.
 */
public final class CliserClient implements AutoCloseable {

  private static final int BUFFER_BYTES = 16 * 1024;

  /** Finds the files that documents refer to. */
  public interface ClientFiles {
    /**
     * The file of that system identifier.
     *
     * @return empty when there is none, or none that may be given out
     */
    Optional<Path> find(String systemId);
  }

  /** Hears what the farm tells meanwhile. */
  public interface Listener {
    /**
     * Is told something.
     *
     * @param level such as {@code info}, {@code warn} and {@code error}
     */
    void told(String level, String text);
  }

  /** What became of a document. */
  public sealed interface Formatted {
    /** The pages are there. */
    record Pages(String format, long bytes) implements Formatted {}

    /** There are none. */
    record Failed(String why) implements Formatted {}
  }

  private final DoosClient.Config config;
  private final Socket socket;
  private final ClientFiles files;
  private final Listener listener;
  private final WireDecoder decoder = new WireDecoder();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;

  private ClientState state = ClientState.CONNECTING;
  private Path document = Path.of("");
  private OutputStream pages = OutputStream.nullOutputStream();
  private long pageBytes;
  private String format = "";
  private @Nullable Formatted formatted;
  private @Nullable String goodbye;

  private CliserClient(
      DoosClient.Config config, Socket socket, ClientFiles files, Listener listener) {
    this.config = config;
    this.socket = socket;
    this.files = files;
    this.listener = listener;
  }

  /** Connects and greets. */
  public static CliserClient connect(DoosClient.Config config, ClientFiles files, Listener listener)
      throws ClientFailure {
    var unanswered =
        "No CLISER door answers at %s:%d: is the farm running, and its setting %s this one?"
            .formatted(
                config.host(),
                config.port(),
                config.entrance().tls().isEmpty() ? "cliser.port" : "cliser.tls-port");
    try {
      return greeted(config, new Dial(config, unanswered).connect(), files, listener);
    } catch (SocketTimeoutException e) {
      throw new ClientFailure.Unreachable(unanswered, e);
    } catch (EOFException e) {
      throw new ClientFailure.Unreachable(
          "What listens at %s:%d hung up without a greeting: is this the farm's port, and does it want TLS?"
              .formatted(config.host(), config.port()),
          e);
    } catch (IOException e) {
      throw new ClientFailure.Unreachable("The connection broke: " + e.getMessage(), e);
    }
  }

  private static CliserClient greeted(
      DoosClient.Config config, Socket socket, ClientFiles files, Listener listener)
      throws IOException, ClientFailure {
    try {
      socket.setSoTimeout(Math.toIntExact(config.patience().toMillis()));
      var client = new CliserClient(config, socket, files, listener);
      client.listenWhile(ClientState.CONNECTING, ClientState.GREETED);
      return client;
    } catch (IOException | ClientFailure e) {
      socket.close();
      throw e;
    }
  }

  /** Sets an option for the documents to come; what the farm thinks of it the listener hears. */
  public void set(String name, String value) throws ClientFailure {
    if ((name + value).chars().anyMatch(Character::isISOControl) || name.indexOf(' ') >= 0) {
      throw new ClientFailure.BadRequest("The option " + name + " cannot be written.", null);
    }
    try {
      decide(new Event.Option(name, value));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Has a document formatted.
   *
   * @param source its bytes
   * @param systemId its name: what it refers to is relative to that
   * @param target gets the pages; only good when the answer is {@link Formatted.Pages}
   */
  public Formatted format(Path source, String systemId, OutputStream target) throws ClientFailure {
    document = source;
    pages = target;
    formatted = null;
    try {
      decide(new Event.Document(Files.size(source), systemId));
      listenWhile(ClientState.WAITING, ClientState.RECEIVING);
    } catch (IOException e) {
      throw broken(e);
    }
    if (formatted == null) {
      throw new ClientFailure.Unreachable("The farm has ended the session: " + goodbye + ".", null);
    }
    return formatted;
  }

  private ClientFailure.Unreachable broken(IOException e) {
    var why =
        e instanceof SocketTimeoutException
            ? "did not answer for " + config.patience().toSeconds() + " s"
            : "is gone: " + e.getMessage();
    return new ClientFailure.Unreachable(
        "The CLISER door at %s:%d %s.".formatted(config.host(), config.port(), why), e);
  }

  private void listenWhile(ClientState one, ClientState other)
      throws IOException, ClientFailure.Unreachable {
    while (state == one || state == other) {
      if (from == to && !decoder.isDataDue()) {
        to = socket.getInputStream().read(buffer);
        from = 0;
        if (to < 0) {
          to = 0;
          throw new EOFException("it hung up");
        }
      }
      var fed = decoder.feed(buffer, from, to - from, pages::write);
      from += fed.consumed();
      switch (fed.event()) {
        case WireDecoder.Event.NeedMore _ -> {}
        case WireDecoder.Event.Came(var line) -> decide(new Event.Heard(line));
        case WireDecoder.Event.DataEnded _ -> decide(new Event.Taken());
        case WireDecoder.Event.Malformed(var why) ->
            throw new ClientFailure.Unreachable(
                "What answers at %s:%d does not speak CLISER (%s)."
                    .formatted(config.host(), config.port(), why),
                null);
      }
    }
    if (state == ClientState.ENDED && formatted == null && goodbye != null) {
      throw new ClientFailure.Unreachable("The farm ended the session: " + goodbye + ".", null);
    }
  }

  private void decide(Event event) throws IOException {
    var step = state.on(event);
    state = step.state();
    for (var action : step.actions()) {
      switch (action) {
        case Action.Say(var line) -> say(line);
        case Action.Welcome _ -> {}
        case Action.SendDocument _ -> send(document);
        case Action.Provide(var systemId) -> provide(systemId);
        case Action.Note(var level, var text) -> listener.told(level, text);
        case Action.TakePages(var bytes, var what) -> {
          pageBytes = bytes;
          format = what;
        }
        case Action.Done _ -> formatted = new Formatted.Pages(format, pageBytes);
        case Action.Failed(var why) -> formatted = new Formatted.Failed(why);
        case Action.HangUp(var why) -> goodbye = why;
      }
    }
  }

  private void provide(String systemId) throws IOException {
    var file = files.find(systemId);
    if (file.isEmpty()) {
      say(new Line.Err("There is no " + systemId));
      return;
    }
    say(new Line.Recv(Files.size(file.get()), systemId));
    send(file.get());
  }

  private void send(Path file) throws IOException {
    try (var content = Files.newInputStream(file)) {
      content.transferTo(socket.getOutputStream());
    }
  }

  private void say(Line line) throws IOException {
    socket.getOutputStream().write(Grammar.write(line));
  }

  /** Says goodbye, if there is still somebody to hear it. */
  @Override
  public void close() {
    try (socket) {
      decide(new Event.Quit());
    } catch (IOException e) {
      state = ClientState.ENDED;
    }
  }
}
