package io.doos.common.http;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Accepts connections of the kind {@link WatchedEndPoint}. */
final class WatchedConnector extends ServerConnector {

  WatchedConnector(Server server, ConnectionFactory... factories) {
    super(server, 1, 1, factories);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    var end = new WatchedEndPoint(channel, selector, key, getScheduler(), getExecutor());
    end.setIdleTimeout(getIdleTimeout());
    return end;
  }
}
