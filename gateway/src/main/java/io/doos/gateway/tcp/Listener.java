package io.doos.gateway.tcp;

import java.io.IOException;
import java.net.ServerSocket;

/** Accepts clients as {@link DeadlineSocket}s. */
final class Listener extends ServerSocket {

  Listener() throws IOException {}

  @Override
  public DeadlineSocket accept() throws IOException {
    var socket = new DeadlineSocket();
    implAccept(socket);
    return socket;
  }
}
