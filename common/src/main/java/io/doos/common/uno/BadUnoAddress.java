package io.doos.common.uno;

/** A text that is no UNO connection string; the message says what is wrong and what is expected. */
public final class BadUnoAddress extends IllegalArgumentException {

  BadUnoAddress(String text, String problem) {
    super(
        "'%s' is no UNO connection string: %s. One is socket,host=localhost,port=2002;urp"
                .formatted(text, problem)
            + " or pipe,name=office;urp");
  }
}
