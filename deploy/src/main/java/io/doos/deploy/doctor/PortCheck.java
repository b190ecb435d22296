package io.doos.deploy.doctor;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Whether a port can be listened on. */
final class PortCheck {

  private PortCheck() {}

  /**
   * Looks at one port.
   *
   * @param taken what to find when somebody listens there already
   */
  static Finding look(String host, int port, Taken taken) throws InterruptedException {
    var address = host + ":" + port;
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
      return Finding.ok(address + " is free");
    } catch (BindException e) {
      return isLocal(host)
          ? taken.judge(address)
          : Finding.failed(
              host + " is no address of this machine", "Set bind.address to one that is.");
    } catch (IOException | IllegalArgumentException e) {
      return Finding.failed(address + ": " + e.getMessage(), "Set bind.address and tcp.port.");
    }
  }

  private static boolean isLocal(String host) {
    try (var any = new ServerSocket()) {
      any.bind(new InetSocketAddress(host, 0));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Judges a port that is taken. */
  @FunctionalInterface
  interface Taken {
    Finding judge(String address) throws InterruptedException;
  }
}
