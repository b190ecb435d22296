package io.doos.common.uno;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Listens where a {@link UnoAddress} says. One thread accepts; any may close. */
public final class UnoListener implements AutoCloseable {

  private static final int BACKLOG = 256;

  /** LibreOffice and its clients have this folder compiled in. */
  private static final Path PIPES = Path.of("/tmp");

  private final ServerSocketChannel channel;
  private final Optional<Path> pipe;

  private UnoListener(ServerSocketChannel channel, Optional<Path> pipe) {
    this.channel = channel;
    this.pipe = pipe;
  }

  /**
   * Listens from now on.
   *
   * @throws IOException when the address is taken, or not ours to listen at
   */
  public static UnoListener open(UnoAddress address) throws IOException {
    return switch (address) {
      case UnoAddress.Tcp tcp -> tcp(tcp);
      case UnoAddress.Pipe(var name) -> pipe(pipePath(name));
    };
  }

  /**
   * Connects to whoever listens at {@code address}, as a client does.
   *
   * @throws IOException when nobody does
   */
  public static SocketChannel connect(UnoAddress address) throws IOException {
    return switch (address) {
      case UnoAddress.Tcp tcp when tcp.everywhere() ->
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.port()));
      case UnoAddress.Tcp tcp -> SocketChannel.open(new InetSocketAddress(tcp.host(), tcp.port()));
      case UnoAddress.Pipe(var name) ->
          SocketChannel.open(UnixDomainSocketAddress.of(pipePath(name)));
    };
  }

  /** The socket that clients of this user open for {@code pipe,name=}. */
  static Path pipePath(String name) throws IOException {
    var uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    return PIPES.resolve("OSL_PIPE_" + uid + "_" + name);
  }

  private static UnoListener tcp(UnoAddress.Tcp tcp) throws IOException {
    var at =
        tcp.everywhere()
            ? new InetSocketAddress(tcp.port())
            : new InetSocketAddress(tcp.host(), tcp.port());
    if (at.isUnresolved()) {
      throw new IOException("no address is known for the host " + tcp.host());
    }
    return new UnoListener(
        bound(ServerSocketChannel.open().setOption(StandardSocketOptions.SO_REUSEADDR, true), at),
        Optional.empty());
  }

  private static UnoListener pipe(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      if (answers(path)) {
        throw new IOException("another process listens at " + path);
      }
      Files.delete(path); // a killed process left it
    }
    var channel =
        bound(
            ServerSocketChannel.open(StandardProtocolFamily.UNIX),
            UnixDomainSocketAddress.of(path));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    return new UnoListener(channel, Optional.of(path));
  }

  private static boolean answers(Path path) {
    try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocketChannel bound(ServerSocketChannel channel, SocketAddress address)
      throws IOException {
    try {
      return channel.bind(address, BACKLOG);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** The next who connects; waits for one. */
  public SocketChannel accept() throws IOException {
    var client = channel.accept();
    return pipe.isEmpty() ? SmallCalls.over(client) : client;
  }

  /** Until it is closed. */
  public boolean isOpen() {
    return channel.isOpen();
  }

  /** The TCP port; 0 for a pipe. */
  public int port() {
    try {
      return channel.getLocalAddress() instanceof InetSocketAddress at ? at.getPort() : 0;
    } catch (IOException e) {
      return 0; // closed
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (pipe.isPresent()) {
      Files.deleteIfExists(pipe.get());
    }
  }
}
