package io.doos.deploy.command;

import io.doos.common.job.Ticket;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads tickets. */
final class TicketConverter implements ITypeConverter<Ticket> {

  @Override
  public Ticket convert(String text) {
    try {
      return new Ticket(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' is no ticket: " + e.getMessage());
    }
  }
}
