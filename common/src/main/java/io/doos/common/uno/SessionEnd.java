package io.doos.common.uno;

/** How the use of an office over UNO ended, or why there was none. */
public enum SessionEnd {
  /** The client hung up, or its machine is gone. */
  CLIENT_LEFT("the client hung up"),
  /** The office ended, or the worker that it is on. */
  OFFICE_ENDED("the office ended"),
  /** Neither side sent anything for as long as {@code uno.idle-limit} says. */
  IDLE("nothing was sent for uno.idle-limit"),
  /** The session lasted as long as {@code uno.session-limit} says. */
  TOO_LONG("it lasted for uno.session-limit"),
  /** No office became free in time. */
  BUSY("all offices are busy"),
  /** We are being stopped. */
  STOPPED("the process is being stopped"),
  /** A fault on our side. */
  FAILED("no office can be had");

  private final String text;

  SessionEnd(String text) {
    this.text = text;
  }

  /** For people, such as {@code the client hung up}. */
  public String text() {
    return text;
  }
}
