package io.doos.worker.engine;

import io.doos.common.status.ErrorCode;

/** A document that cannot be converted; the message is a sentence about it without its name. */
final class DocumentFault extends Exception {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  DocumentFault(ErrorCode code, String why) {
    super(why);
    this.code = code;
  }

  ErrorCode code() {
    return code;
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
