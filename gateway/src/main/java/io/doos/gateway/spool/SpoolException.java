package io.doos.gateway.spool;

import java.io.IOException;

/** The gateway's own disk failed or is full: nobody else's fault, and it may pass. */
public final class SpoolException extends IOException {

  SpoolException(String why, Throwable cause) {
    super(why, cause);
  }
}
