package io.doos.common.ledger;

/**
 * Every ticket drawn was taken: the range between ticket.min and ticket.max is too narrow for the
 * jobs kept.
 */
public final class NoFreeTicketException extends Exception {

  NoFreeTicketException(int draws) {
    super("no free ticket in " + draws + " draws; widen ticket.min and ticket.max");
  }
}
