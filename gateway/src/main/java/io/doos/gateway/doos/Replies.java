package io.doos.gateway.doos;

import io.doos.common.job.Ticket;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.status.StatusText;
import io.doos.gateway.access.Admission;

/** Every text that the door answers. Old clients compare them letter by letter. */
final class Replies {

  static final String OK = "[OK]";
  static final String CHECKSUM_FAILED = error("Checksum failed");
  static final String SCRIPT_REQUIRED = error("A script is required");
  static final String FUNCTION_REQUIRED = error("initFunc is required");
  static final String FUNCTION_NOT_AN_IDENTIFIER = error("initFunc is not a Basic identifier");
  static final String UNKNOWN_COMMAND = error("Unknown command");
  static final String TERMINATE_NOT_PERMITTED = error("terminate is not permitted");
  static final String TOKEN_REQUIRED = error("A token is required");
  static final String TOKEN_NOT_KNOWN = error("The token is not known");
  static final String NOT_PERMITTED = error("This token does not permit that");
  static final String ADDRESS_NOT_PERMITTED = error("Nobody may use this door from this address");
  static final String TOO_MANY_CONNECTIONS = tryLater("Too many connections");

  /** Opens a reply that carries a result; {@link #RESULT_END} closes it. */
  static final String RESULT_START =
      OK + " " + PayloadSplitter.START + "files.zip" + PayloadSplitter.CONTENT;

  static final String RESULT_END = PayloadSplitter.END;

  /** What is echoed of a ticket that is none: nobody's memory or screen is filled by it. */
  private static final int ECHO_CHARACTERS = 64;

  private Replies() {}

  static String refused(Admission.Refused how) {
    return switch (how) {
      case Admission.WrongAddress _ -> ADDRESS_NOT_PERMITTED;
      case Admission.NoToken _ -> TOKEN_REQUIRED;
      case Admission.WrongToken _ -> TOKEN_NOT_KNOWN;
    };
  }

  static String ticket(Ticket ticket) {
    return OK + " Ticket:" + ticket;
  }

  static String state(State state) {
    return OK + " " + state.oldWord();
  }

  static String stateWithFile(Status status) {
    return state(status.state())
        + PayloadSplitter.START
        + "status.txt"
        + PayloadSplitter.CONTENT
        + StatusText.of(status)
        + PayloadSplitter.END;
  }

  static String unknownTicket(String ticket) {
    var printable = ticket.replaceAll("\\p{Cntrl}", "?");
    return error(
        "Unknown Ticket: " + printable.substring(0, Math.min(ECHO_CHARACTERS, printable.length())));
  }

  /** The request is wrong in itself; {@code why} is a sentence without its full stop. */
  static String error(String why) {
    return "[ERROR] " + why + ".";
  }

  /** The farm cannot take it now; {@code why} is a sentence without its full stop. */
  static String tryLater(String why) {
    return error(why + ", try again later");
  }
}
