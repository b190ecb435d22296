package io.doos.deploy.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A gateway in a few lines, written from the protocol's text alone: it reads a whole request, and
 * answers what the test tells it to.
 */
public final class TinyFarm implements AutoCloseable {

  /** A request as it was understood; texts are ISO 8859-1, so that no byte is lost. */
  public record Heard(String arguments, Map<String, String> files) {
    /** Whether it is a request of that command. */
    public boolean is(String command) {
      return arguments.equals(command) || arguments.startsWith(command + ";");
    }
  }

  /** Answers a request: a whole connection, or the payload of a reply. */
  @FunctionalInterface
  public interface Behaviour {
    void serve(InputStream in, OutputStream out) throws Exception;
  }

  /** What to answer to a request that was understood: the reply's payload. */
  @FunctionalInterface
  public interface Answer {
    byte[] to(Heard request) throws Exception;
  }

  private final ServerSocket door;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();

  private TinyFarm(Behaviour behaviour) throws IOException {
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> serveAll(behaviour));
  }

  /** A farm that reads requests and answers them. */
  public static TinyFarm answering(Answer answer) throws IOException {
    var farm = new TinyFarm[1];
    farm[0] =
        new TinyFarm((in, out) -> {
          var request = read(in);
          farm[0].heard.add(request);
          out.write(framed(answer.to(request)));
        });
    return farm[0];
  }

  /** Something that listens and does as it likes. */
  public static TinyFarm behaving(Behaviour behaviour) throws IOException {
    return new TinyFarm(behaviour);
  }

  public int port() {
    return door.getLocalPort();
  }

  /** What was asked so far. */
  public List<Heard> heard() {
    return heard;
  }

  /** The payload of a reply with a file in it. */
  public static byte[] withFile(String text, String name, byte[] content) {
    var payload = new ByteArrayOutputStream();
    payload.writeBytes((text + "::file start::" + name + "::file content::").getBytes(UTF_8));
    payload.writeBytes(content);
    payload.writeBytes("::file end::".getBytes(UTF_8));
    return payload.toByteArray();
  }

  /** The bytes on the wire of a payload. */
  public static byte[] framed(byte[] payload) throws Exception {
    var frame = new ByteArrayOutputStream();
    frame.writeBytes(((payload.length + 41) + "|" + sha1(payload) + "|").getBytes(UTF_8));
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  /** Reads a request and checks its sum. */
  public static Heard read(InputStream in) throws Exception {
    var length = new StringBuilder();
    for (var next = in.read(); next != '|'; next = in.read()) {
      length.append((char) next);
    }
    var rest = in.readNBytes(Integer.parseInt(length.toString()));
    var text = new String(rest, ISO_8859_1);
    var payload = text.substring(41);
    if (!text.substring(0, 41).equals(sha1(payload.getBytes(ISO_8859_1)) + "|")) {
      throw new IOException("Checksum failed");
    }
    return parsed(payload);
  }

  private static Heard parsed(String payload) {
    var start = payload.indexOf("::file start::");
    var files = new LinkedHashMap<String, String>();
    for (var file : payload.substring(start + 14).split("(?<=::file end::)::file start::", -1)) {
      if (!file.isEmpty()) {
        var content = file.indexOf("::file content::");
        files.put(
            file.substring(0, content),
            file.substring(content + 16, file.length() - "::file end::".length()));
      }
    }
    return new Heard(payload.substring(0, start), files);
  }

  private static String sha1(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
  }

  private void serveAll(Behaviour behaviour) {
    while (true) {
      try {
        var socket = door.accept();
        Thread.ofVirtual().start(() -> serve(socket, behaviour));
      } catch (SocketException e) {
        return; // closed
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void serve(Socket socket, Behaviour behaviour) {
    try (socket) {
      behaviour.serve(socket.getInputStream(), socket.getOutputStream());
    } catch (Exception e) {
      // the client sees a broken connection, and says so
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
