package io.doos.common.uno;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/**
 * The UNO door of a worker as a gateway sees it.
 *
 * @param host as the worker tells it
 */
public record RemoteDoor(String host, int port) {

  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(2);

  /** Beyond the patience: the worker looks whether its office answers. */
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  /**
   * An office behind it, taken.
   *
   * @param office its name on its worker
   * @param channel leads to it
   */
  public record Granted(String office, SocketChannel channel) {}

  /**
   * Asks for an office for one client; blocks for the time of a connection and little more.
   *
   * @param patience how long the worker may let it wait
   * @return empty when the worker has none
   * @throws IOException when the worker cannot be reached, or is no doos
   */
  public Optional<Granted> ask(String client, Duration patience) throws IOException {
    var channel = SocketChannel.open();
    var granted = false;
    try {
      var address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new IOException("no address is known for " + host);
      }
      channel.socket().connect(address, (int) CONNECTS_WITHIN.toMillis());
      SmallCalls.over(channel);
      Upstream.writeAll(channel, ByteBuffer.wrap(Opening.word(patience, client)));
      var office = Opening.answer(line(channel, patience.plus(ANSWERS_WITHIN)));
      granted = office.isPresent();
      return office.map(name -> new Granted(name, channel));
    } finally {
      if (!granted) {
        channel.close();
      }
    }
  }

  /** Byte by byte: what follows the line is the client's. */
  private static String line(SocketChannel channel, Duration within) throws IOException {
    channel.socket().setSoTimeout((int) within.toMillis());
    var from = channel.socket().getInputStream();
    var line = new ByteArrayOutputStream();
    for (var next = from.read(); next != '\n'; next = from.read()) {
      if (next < 0 || line.size() == Opening.LONGEST) {
        throw new IOException("it hangs up, or does not answer as a worker");
      }
      line.write(next);
    }
    return line.toString(US_ASCII);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
