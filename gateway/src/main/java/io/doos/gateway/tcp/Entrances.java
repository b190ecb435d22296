package io.doos.gateway.tcp;

import io.doos.common.tls.Tls;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Where one protocol's clients come in, and how many.
 *
 * @param name what messages call the door, such as {@code doos door}
 * @param plain where it speaks plainly, if it does
 * @param tls where it speaks TLS, if it does
 * @param connections how many may be served at a time at each
 * @param grace how long those who are served may take to finish when the door is closed
 */
public record Entrances(
    String name, Optional<Place> plain, Optional<Place> tls, int connections, Duration grace) {

  /**
   * Where to listen.
   *
   * @param address with port 0, any free one
   * @param settings that name the address, for messages
   */
  public record Place(InetSocketAddress address, String settings) {}

  public Entrances {
    if (connections < 1) {
      throw new IllegalArgumentException("a door for nobody");
    }
  }

  Optional<TcpServer.Config> plainly() {
    return plain.map(
        place -> new TcpServer.Config(name, place, connections, grace, Optional.empty()));
  }

  Optional<TcpServer.Config> over(Tls how) {
    return tls.map(place ->
        new TcpServer.Config(name + " over TLS", place, connections, grace, Optional.of(how)));
  }
}
