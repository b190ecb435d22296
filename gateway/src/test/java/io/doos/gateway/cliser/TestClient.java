package io.doos.gateway.cliser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client of the CLISER door that speaks bytes. */
public final class TestClient implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;

  /** Talks over this, whatever is under it. */
  public TestClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(60_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  static TestClient at(int port) throws IOException {
    return new TestClient(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Exchanges the first words. */
  public TestClient greeted() throws IOException {
    assertThat(line()).isEqualTo("HELLO 2.0");
    say("HELLO 2.0\n");
    assertThat(line()).isEqualTo("OK");
    return this;
  }

  void say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  /** Sends a document or a file. */
  public void send(String name, String content) throws IOException {
    say("RECV " + content.getBytes(UTF_8).length + " " + name + "\n" + content);
  }

  /** The next line. */
  public String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return "(end)";
      }
      line.write(b);
    }
    return line.toString(UTF_8);
  }

  /** Whether the connection ends, however it does. */
  boolean end() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  /** The next line that is no LOG. */
  String answer() throws IOException {
    var line = line();
    while (line.startsWith("LOG ")) {
      line = line();
    }
    return line;
  }

  String pages() throws IOException {
    var line = answer();
    assertThat(line).matches("RECV \\d+ PDF");
    return new String(in.readNBytes(Integer.parseInt(line.split(" ", -1)[1])), UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
