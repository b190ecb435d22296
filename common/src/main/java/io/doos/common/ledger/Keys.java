package io.doos.common.ledger;

import io.doos.common.job.Ticket;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Where a job lies in the bucket. */
public final class Keys {

  /** Inputs too large for a message, uploaded before a ticket is drawn. */
  public static final String BUNDLES = "bundle/";

  /** Open jobs only. */
  public static final String INPUTS = "input/";

  public static final String OUTPUTS = "output/";

  /** Whose turn it is to tidy up. */
  public static final String JANITOR = "janitor/";

  public static final String TEMPLATES = "templates/";

  /** Whom to tell of a job's end. */
  public static final String WEBHOOKS = "webhook/";

  public static final String FONTS = "fonts/";

  private static final String CLAIM = "claim-";
  private static final String END = "end-";
  private static final String JSON = ".json";

  private Keys() {}

  public static String job(Ticket ticket) {
    return INPUTS + ticket + "/job.json";
  }

  /** Everything that the attempts at a job left, its final status included. */
  public static String output(Ticket ticket) {
    return OUTPUTS + ticket + "/";
  }

  public static String status(Ticket ticket) {
    return output(ticket) + "status.json";
  }

  public static String claim(Ticket ticket, int attempt) {
    return output(ticket) + CLAIM + attempt + JSON;
  }

  public static String end(Ticket ticket, int attempt) {
    return output(ticket) + END + attempt + JSON;
  }

  public static String result(Ticket ticket, int attempt) {
    return output(ticket) + "result-" + attempt + ".zip";
  }

  /** All that belongs to telling of a job's end. */
  public static String webhook(Ticket ticket) {
    return WEBHOOKS + ticket + "/";
  }

  public static String webhookWish(Ticket ticket) {
    return webhook(ticket) + "wish.json";
  }

  /** The ticket that a wish to be told of a job's end is for. */
  public static Optional<Ticket> webhookIn(String key) {
    return ticketIn(key, List.of(WEBHOOKS));
  }

  /** The ticket of the job or output that {@code key} belongs to, if it does. */
  public static Optional<Ticket> ticketIn(String key) {
    return ticketIn(key, List.of(INPUTS, OUTPUTS));
  }

  private static Optional<Ticket> ticketIn(String key, List<String> folders) {
    for (var folder : folders) {
      int slash = key.indexOf('/', folder.length());
      if (key.startsWith(folder) && slash > 0) {
        var name = key.substring(folder.length(), slash);
        return Ticket.isTicket(name) ? Optional.of(new Ticket(name)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  static String claims(Ticket ticket) {
    return output(ticket) + CLAIM;
  }

  /** The attempt that {@code key} is the claim of, if it is one. */
  static OptionalInt claimIn(String key) {
    return number(key, "/" + CLAIM);
  }

  /** The attempt that {@code key} is the end of, if it is one. */
  static OptionalInt endIn(String key) {
    return number(key, "/" + END);
  }

  private static OptionalInt number(String key, String before) {
    int from = key.lastIndexOf(before);
    if (from < 0 || !key.endsWith(JSON)) {
      return OptionalInt.empty();
    }
    var digits = key.substring(from + before.length(), key.length() - JSON.length());
    return digits.matches("[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(digits))
        : OptionalInt.empty();
  }
}
