package io.doos.deploy.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.job.FileName;
import io.doos.common.job.Ticket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Speaks the doos protocol to a gateway, a connection for each request. Files go from disk and to
 * disk in pieces: the heap does not grow with them. Safe for use by any number of threads.
 */
public final class DoosClient {

  private static final String OK = "[OK]";
  private static final String ERROR = "[ERROR]";
  private static final Pattern TICKET_REPLY = Pattern.compile("Ticket:\\s*(\\S+)");

  /** The script has no name in the protocol; the farm calls it this. */
  public static final String SCRIPT_NAME = "main.script";

  private final Exchange exchange;
  private final Entrance entrance;

  /**
   * Where the farm is and how long to wait for it.
   *
   * @param host where the gateway is
   * @param connectTimeout how long to wait for a connection
   * @param patience how long to wait for the answer when all is sent, and then for each next piece
   *     of it
   * @param entrance how to come in
   */
  public record Config(
      String host, int port, Duration connectTimeout, Duration patience, Entrance entrance) {

    /** A farm whose door is open. */
    public Config(String host, int port, Duration connectTimeout, Duration patience) {
      this(host, port, connectTimeout, patience, Entrance.OPEN);
    }
  }

  public DoosClient(Config config) {
    this.exchange = new Exchange(config);
    this.entrance = config.entrance();
  }

  /** Sends a job; when this returns, the farm has it for good. */
  public Ticket submit(Submission job) throws ClientFailure, InterruptedException {
    var request = Request.of(entrance.with(checkedArguments(job)), sentFiles(job));
    var reply = ok(exchange.run(request, OutputStream.nullOutputStream()));
    var ticket = TICKET_REPLY.matcher(reply);
    if (!ticket.matches() || !Ticket.isTicket(ticket.group(1))) {
      throw strange(reply);
    }
    return new Ticket(ticket.group(1));
  }

  /** Asks how a job is doing. */
  public JobView status(Ticket ticket) throws ClientFailure, InterruptedException {
    var file = new ByteArrayOutputStream();
    var reply = ok(ticket, exchange.run(request("statusJob", ticket), file));
    var word = JobView.Word.of(reply).orElseThrow(() -> strange(reply));
    return JobView.of(ticket, word, file.toString(UTF_8));
  }

  /**
   * Fetches what a job left, as a zip; {@code zip} is there only when all of it came.
   *
   * @return whether there is a result: not for a job that runs, waits or failed
   * @throws IOException when {@code zip} cannot be written
   */
  public boolean output(Ticket ticket, Path zip)
      throws ClientFailure, InterruptedException, IOException {
    var part = zip.resolveSibling(zip.getFileName() + ".part");
    try {
      var request = request("returnJob", ticket);
      try (var out = new LocalFile(part)) {
        var reply = exchange.run(request, out);
        out.rethrow();
        ok(ticket, reply);
        if (!reply.hasFile()) {
          return false;
        }
      }
      Files.move(part, zip, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      return true;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Withdraws a job and removes its result; nothing happens when there is no such job. */
  public void delete(Ticket ticket) throws ClientFailure, InterruptedException {
    ok(exchange.run(request("deleteJob", ticket), OutputStream.nullOutputStream()));
  }

  private Request request(String command, Ticket ticket) throws ClientFailure.BadRequest {
    return Request.of(entrance.with(command + ";ticket=" + ticket), List.of());
  }

  private static String checkedArguments(Submission job) throws ClientFailure.BadRequest {
    if (job.function().isBlank() || job.function().matches(".*[;=:\\s].*")) {
      throw new ClientFailure.BadRequest(
          "'" + job.function() + "' is not the name of a Basic function.", null);
    }
    return job.arguments();
  }

  private static List<Request.SentFile> sentFiles(Submission job) throws ClientFailure.BadRequest {
    var files = new ArrayList<Request.SentFile>();
    files.add(new Request.SentFile(SCRIPT_NAME, job.script()));
    var names = new HashSet<>(List.of(SCRIPT_NAME));
    for (var file : job.files()) {
      var name = String.valueOf(file.getFileName());
      if (!names.add(name)) {
        throw new ClientFailure.BadRequest(
            file + ": a job cannot have two files named '" + name + "'.", null);
      }
      files.add(new Request.SentFile(checkedName(file, name), file));
    }
    return files;
  }

  private static String checkedName(Path file, String name) throws ClientFailure.BadRequest {
    try {
      if (name.contains("::file ")) {
        throw new IllegalArgumentException("the doos protocol cannot carry '::file ' in a name");
      }
      return FileName.check(name);
    } catch (IllegalArgumentException e) {
      throw new ClientFailure.BadRequest(file + ": " + e.getMessage() + ".", e);
    }
  }

  private String ok(Ticket ticket, Reply reply) throws ClientFailure {
    if (reply.text().startsWith(ERROR + " Unknown Ticket:")) {
      throw new ClientFailure.UnknownTicket(ticket);
    }
    return ok(reply);
  }

  /** What an answer says behind its {@code [OK]}. */
  private String ok(Reply reply) throws ClientFailure {
    var text = reply.text();
    if (text.startsWith(OK)) {
      return text.substring(OK.length()).strip();
    }
    if (!text.startsWith(ERROR)) {
      throw strange(text);
    }
    var why = text.substring(ERROR.length()).strip();
    if (why.endsWith("try again later.")) {
      throw new ClientFailure.Unreachable(
          "The farm at " + exchange.address() + " says: " + why, null);
    }
    throw new ClientFailure.Refused("The farm says: " + why);
  }

  private ClientFailure.Unreachable strange(String reply) {
    var shown = reply.replaceAll("\\p{Cntrl}", "?");
    return new ClientFailure.Unreachable(
        "%s gave an answer that no doos farm gives: '%s'."
            .formatted(exchange.address(), shown.substring(0, Math.min(shown.length(), 100))),
        null);
  }
}
