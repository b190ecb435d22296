package io.doos.deploy.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.doos.common.job.Ticket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A submission over the doos protocol, made once and sent as it is: what a client takes to make one
 * is nothing that a gateway costs.
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that nobody compares
record ReadyFrame(byte[] bytes) {

  private static final Pattern TAKEN = Pattern.compile("\\[OK] Ticket:\\s*(\\S+)");

  static ReadyFrame of(Workload workload) throws IOException {
    var payload = new ByteArrayOutputStream();
    payload.writeBytes(("prepareJob;initFunc=" + Workload.FUNCTION).getBytes(US_ASCII));
    add(payload, "", Files.readAllBytes(workload.script()));
    for (var file : workload.files()) {
      add(payload, file.getFileName().toString(), Files.readAllBytes(file));
    }
    var checksum = sha1(payload.toByteArray());
    var frame = new ByteArrayOutputStream();
    frame.writeBytes(
        ((checksum.length() + 1 + payload.size()) + "|" + checksum + "|").getBytes(US_ASCII));
    frame.writeBytes(payload.toByteArray());
    return new ReadyFrame(frame.toByteArray());
  }

  private static void add(ByteArrayOutputStream payload, String name, byte[] content) {
    payload.writeBytes(("::file start::" + name + "::file content::").getBytes(US_ASCII));
    payload.writeBytes(content);
    payload.writeBytes("::file end::".getBytes(US_ASCII));
  }

  private static String sha1(byte[] payload) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(payload));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  /** Sends it to the door at {@code port}; answers the ticket that it got. */
  Ticket submit(int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(bytes);
      var reply = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      var taken = TAKEN.matcher(reply);
      if (!taken.find()) {
        throw new IOException("no ticket: " + reply);
      }
      return new Ticket(taken.group(1));
    }
  }
}
