package io.doos.gateway.access;

/** Whether somebody is let in. */
public sealed interface Admission {

  /** They are. */
  record Admitted(Caller caller) implements Admission {}

  /** They are not. */
  sealed interface Refused extends Admission {}

  /** Nobody from their address is. */
  record WrongAddress() implements Refused {}

  /** They showed neither a token nor a certificate that is known. */
  record NoToken() implements Refused {}

  /** They showed a token that is nobody's. */
  record WrongToken() implements Refused {}
}
