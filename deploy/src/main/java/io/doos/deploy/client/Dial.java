package io.doos.deploy.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Connects to a farm's door, plainly or under TLS.
 *
 * @param unanswered what to tell when nobody answers there
 */
record Dial(DoosClient.Config config, String unanswered) {

  /**
   * A connection whose hands are shaken; the caller's to close.
   *
   * @throws ClientFailure.Unreachable when there is none to be had, saying why
   * @throws IOException when it broke
   */
  Socket connect() throws IOException, ClientFailure.Unreachable {
    var socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(config.host(), config.port()),
          Math.toIntExact(config.connectTimeout().toMillis()));
      socket.setTcpNoDelay(true);
      return config.entrance().tls().isEmpty()
          ? socket
          : secured(socket, config.entrance().tls().get());
    } catch (SSLException e) {
      socket.close();
      throw new ClientFailure.Unreachable(
          "No farm that is to be believed speaks TLS at %s:%d: %s."
              .formatted(config.host(), config.port(), e.getMessage()),
          e);
    } catch (UnknownHostException e) {
      socket.close();
      throw new ClientFailure.Unreachable("There is no host named " + config.host() + ".", e);
    } catch (ConnectException | SocketTimeoutException e) {
      socket.close();
      throw new ClientFailure.Unreachable(unanswered, e);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Socket secured(Socket socket, SSLContext tls) throws IOException {
    var secure =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, config.host(), config.port(), true);
    var parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the host's name is in the certificate
    secure.setSSLParameters(parameters);
    secure.setSoTimeout(Math.toIntExact(config.connectTimeout().toMillis()));
    secure.startHandshake();
    return secure;
  }
}
