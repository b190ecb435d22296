package io.doos.worker.office;

import com.sun.star.bridge.XBridge;
import com.sun.star.bridge.XBridgeFactory;
import com.sun.star.comp.helper.Bootstrap;
import com.sun.star.lang.XComponent;
import com.sun.star.uno.UnoRuntime;
import com.sun.star.uno.XComponentContext;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A UNO bridge to an office that accepts {@code urp;StarOffice.ComponentContext} on a unix socket.
 * Once the office is gone, or this is closed, every call through it throws {@code
 * DisposedException}.
 */
final class UnoLink implements AutoCloseable {

  private final Path socket;
  private final Optional<Object> socketKey;
  private final UnixConnection connection;
  // a bridge disposes itself when all its proxies are garbage: these two are kept
  private final XBridge bridge;
  private final XComponentContext context;

  private UnoLink(
      Path socket,
      Optional<Object> socketKey,
      UnixConnection connection,
      XBridge bridge,
      XComponentContext context) {
    this.socket = socket;
    this.socketKey = socketKey;
    this.connection = connection;
    this.bridge = bridge;
    this.context = context;
  }

  /**
   * Connects; 4 to 6 ms, once the office accepts.
   *
   * @throws IOException when nobody accepts yet, or it is no office
   */
  static UnoLink attach(Path socket) throws IOException {
    var key = keyOf(socket);
    var connection = UnixConnection.open(socket);
    try {
      var local = Bootstrap.createInitialComponentContext(null);
      var factory =
          query(
              XBridgeFactory.class,
              local
                  .getServiceManager()
                  .createInstanceWithContext("com.sun.star.bridge.BridgeFactory", local));
      var bridge = factory.createBridge("", "urp", connection, null);
      var context = bridge.getInstance("StarOffice.ComponentContext");
      return new UnoLink(socket, key, connection, bridge, query(XComponentContext.class, context));
    } catch (Exception e) {
      close(connection);
      throw new IOException("The office at " + socket + " does not speak UNO: " + e, e);
    }
  }

  /**
   * A further connection to the same office.
   *
   * @throws IOException when it does not accept any, or another file is where its socket was: a
   *     macro may have put it there
   */
  SocketChannel another() throws IOException {
    if (!keyOf(socket).equals(socketKey)) {
      throw new IOException(socket + " is not the office's own socket any more");
    }
    return SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  private static Optional<Object> keyOf(Path socket) throws IOException {
    var attributes =
        Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return Optional.ofNullable(attributes.fileKey()).filter(_ -> attributes.isOther());
  }

  /** The interface of {@code object}, which must have it. */
  static <T> T query(Class<T> type, Object object) {
    var found = UnoRuntime.queryInterface(type, object);
    if (found == null) {
      throw new IllegalStateException("The office answers no " + type.getName());
    }
    return found;
  }

  XComponentContext context() {
    return context;
  }

  /** Whether it ended because the office sent more at once than we take. */
  boolean saidTooMuch() {
    return connection.tooMuch();
  }

  /** Whether the other side has hung up, or we have. */
  boolean ended() {
    return connection.ended();
  }

  @Override
  public void close() {
    try {
      query(XComponent.class, bridge).dispose();
    } catch (RuntimeException e) {
      // already disposed
    }
    close(connection);
  }

  private static void close(UnixConnection connection) {
    try {
      connection.close();
    } catch (com.sun.star.io.IOException e) {
      // it is gone either way
    }
  }
}
