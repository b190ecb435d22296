package io.doos.worker.oood;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.life.Service;
import io.doos.common.uno.UnoAddress;
import io.doos.common.uno.UnoListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where {@code doos oood status} and {@code stop} connect to: a line with that word, answered with
 * a text and the end of the connection. One at a time, on a thread of its own.
 */
public final class AdminDoor implements Service {

  private static final Logger log = LoggerFactory.getLogger(AdminDoor.class);
  private static final int LONGEST_WORD = 16;

  private final UnoAddress address;
  private final Supplier<String> status;
  private final Runnable stop;
  private volatile @Nullable UnoListener listener;

  /**
   * A door that is not open yet.
   *
   * @param status the text for {@code status}
   * @param stop tells the process to stop; returns at once
   */
  AdminDoor(UnoAddress address, Supplier<String> status, Runnable stop) {
    this.address = address;
    this.status = status;
    this.stop = stop;
  }

  @Override
  public void start() throws IOException {
    try {
      var opened = UnoListener.open(address);
      listener = opened;
      Thread.ofPlatform().daemon().name("oood-admin").start(() -> serve(opened));
    } catch (IOException e) {
      throw new IOException(
          "The daemon cannot listen at " + address + " (admin-acceptor): " + e.getMessage(), e);
    }
  }

  private void serve(UnoListener from) {
    while (from.isOpen()) {
      try (var caller = from.accept()) {
        answer(caller);
      } catch (IOException e) {
        log.debug("An administrator could not be answered: {}", e.toString());
      }
    }
  }

  private void answer(SocketChannel caller) throws IOException {
    var word = word(caller);
    var text =
        switch (word) {
          case "status" -> status.get();
          case "stop" -> "";
          default -> "unknown\n";
        };
    for (var bytes = ByteBuffer.wrap(text.getBytes(UTF_8)); bytes.hasRemaining(); ) {
      caller.write(bytes);
    }
    if (word.equals("stop")) {
      log.info("Told to stop by an administrator");
      stop.run();
    }
  }

  private static String word(SocketChannel caller) throws IOException {
    var word = new StringBuilder();
    var bytes = ByteBuffer.allocate(LONGEST_WORD);
    while (bytes.hasRemaining() && word.indexOf("\n") < 0 && caller.read(bytes) > 0) {
      word.setLength(0);
      word.append(new String(bytes.array(), 0, bytes.position(), US_ASCII));
    }
    return word.toString().strip();
  }

  /**
   * Says {@code word} to the daemon at {@code address}.
   *
   * @return what it answers
   * @throws IOException when no daemon is there
   */
  public static String ask(UnoAddress address, String word) throws IOException {
    try (var daemon = UnoListener.connect(address)) {
      daemon.write(ByteBuffer.wrap((word + "\n").getBytes(US_ASCII)));
      return new String(Channels.newInputStream(daemon).readAllBytes(), UTF_8);
    }
  }

  @Override
  public void close() {
    var open = listener;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        log.debug("The administrators' door could not be closed", e);
      }
    }
  }
}
