package io.doos.deploy.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One request and its reply on a connection of their own. The reply is listened for while the
 * request is still being sent: a gateway that refuses early answers early and then hangs up.
 */
final class Exchange {

  private static final Duration TICK = Duration.ofMillis(500);

  /** How long to hear why the request could not be sent whole. */
  private static final Duration LAST_WORD = Duration.ofSeconds(3);

  private final DoosClient.Config config;

  Exchange(DoosClient.Config config) {
    this.config = config;
  }

  /** The gateway, as people write it. */
  String address() {
    return config.host() + ":" + config.port();
  }

  /**
   * Sends {@code request} and reads the reply.
   *
   * @param file gets the bytes of the reply's file; they are good when this returns
   */
  Reply run(Request request, OutputStream file)
      throws ClientFailure.Unreachable, InterruptedException {
    try (var socket = connect()) {
      var isSent = new AtomicBoolean();
      var reply = new FutureTask<>(() -> new ReplyReader(awaitFirst(socket, isSent), file).read());
      Thread.ofVirtual().name("doos-reply").start(reply);
      var unsent = send(request, socket, reply, isSent);
      return reply(reply, unsent);
    } catch (IOException e) {
      throw new ClientFailure.Unreachable("The connection to " + address() + " broke: " + e, e);
    }
  }

  private Socket connect() throws IOException, ClientFailure.Unreachable {
    var unanswered = "No farm answers at " + address() + ": is it running, and is this its port?";
    return new Dial(config, unanswered).connect();
  }

  /** Sends until all is sent, or the answer is there, or the connection breaks. */
  private static Optional<IOException> send(
      Request request, Socket socket, FutureTask<Reply> reply, AtomicBoolean isSent) {
    try {
      request.writeTo(new StoppableStream(socket.getOutputStream(), reply));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    } finally {
      isSent.set(true);
    }
  }

  private Reply reply(FutureTask<Reply> reply, Optional<IOException> unsent)
      throws IOException, ClientFailure.Unreachable, InterruptedException {
    try {
      return unsent.isPresent()
          ? reply.get(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS)
          : reply.get();
    } catch (TimeoutException e) {
      throw unsent.orElse(new IOException(e));
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNullElse(e.getCause(), e), unsent);
    }
  }

  private ClientFailure.Unreachable failure(Throwable cause, Optional<IOException> unsent)
      throws IOException {
    return switch (cause) {
      case ReplyReader.MalformedReply malformed ->
          new ClientFailure.Unreachable(
              "What answers at %s does not speak the doos protocol (%s): is this the farm's port?"
                  .formatted(address(), malformed.getMessage()),
              malformed);
      case SocketTimeoutException slow ->
          new ClientFailure.Unreachable(
              "The farm at %s did not answer for %d s."
                  .formatted(address(), config.patience().toSeconds()),
              slow);
      case EOFException eof when unsent.isEmpty() ->
          new ClientFailure.Unreachable(
              "What listens at %s hung up without an answer: is this the farm's port?"
                  .formatted(address()),
              eof);
      case IOException broken -> throw unsent.orElse(broken);
      default -> throw new IllegalStateException(cause);
    };
  }

  /** Waits for the answer's first byte, with patience only from when all is sent. */
  private InputStream awaitFirst(Socket socket, AtomicBoolean isSent) throws IOException {
    var in = new PushbackInputStream(socket.getInputStream(), 1);
    socket.setSoTimeout((int) TICK.toMillis());
    var left = config.patience();
    while (true) {
      try {
        var first = in.read();
        if (first >= 0) {
          in.unread(first);
        }
        socket.setSoTimeout(Math.toIntExact(config.patience().toMillis()));
        return in;
      } catch (SocketTimeoutException e) {
        left = isSent.get() ? left.minus(TICK) : left;
        if (left.isNegative() || left.isZero()) {
          throw e;
        }
      }
    }
  }

  /** Refuses to send on when the answer is there. */
  private static final class StoppableStream extends OutputStream {
    private final OutputStream out;
    private final FutureTask<Reply> reply;

    private StoppableStream(OutputStream out, FutureTask<Reply> reply) {
      this.out = out;
      this.reply = reply;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (reply.isDone()) {
        throw new IOException("answered before all was sent");
      }
      out.write(bytes, offset, length);
    }
  }
}
