package io.doos.worker.format;

import io.doos.worker.fop.FormatReply;
import io.doos.worker.fop.FormatRequest;
import io.doos.worker.office.JailedProgram;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.function.Consumer;

/**
 * A formatter that is up: its process, and our end of the talk with it. For one thread at a time.
 */
final class Formatter implements AutoCloseable {

  /** More log entries than it may send: it has lost its senses, or is not ours any more. */
  private static final int MOST_ENTRIES = 2_000;

  private final JailedProgram program;
  private final DataInputStream in;

  /** What it was asked, as far as it has not gone out. */
  private ByteBuffer unsent = ByteBuffer.allocate(0);

  /** Waits until it has warmed up. */
  Formatter(JailedProgram program) throws IOException {
    this.program = program;
    this.in =
        new DataInputStream(new BufferedInputStream(Channels.newInputStream(program.channel())));
    FormatReply.read(in);
  }

  JailedProgram program() {
    return program;
  }

  /**
   * Asks for a document, and waits for nothing: what the connection does not take at once goes out
   * while the reply is waited for, where a deadline guards whoever waits. A formatter that a
   * hostile document has taken over may read no more.
   *
   * @throws IOException when it has gone
   */
  void ask(FormatRequest request) throws IOException {
    var bytes = new ByteArrayOutputStream();
    request.write(new DataOutputStream(bytes));
    unsent = ByteBuffer.wrap(bytes.toByteArray());
    var channel = program.channel();
    channel.configureBlocking(false);
    channel.write(unsent);
    channel.configureBlocking(true);
  }

  /**
   * Sends the rest of the request, and waits for what comes of it.
   *
   * @param log is told what happens meanwhile
   * @throws IOException when it has gone
   */
  FormatReply reply(Consumer<FormatReply.Log> log) throws IOException {
    while (unsent.hasRemaining()) {
      program.channel().write(unsent);
    }
    for (int entries = 0; entries < MOST_ENTRIES; entries++) {
      var reply = FormatReply.read(in);
      if (!(reply instanceof FormatReply.Log entry)) {
        return reply;
      }
      log.accept(entry);
    }
    throw new IOException(program.name() + " says too much");
  }

  @Override
  public void close() {
    program.close();
  }
}
