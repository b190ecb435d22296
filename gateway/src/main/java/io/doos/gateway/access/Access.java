package io.doos.gateway.access;

import io.doos.common.config.AddressList;
import java.net.InetAddress;
import java.util.function.Supplier;

/**
 * Decides who is let in at a door; the doors tell them so. Safe for use by any number of threads.
 *
 * @param allowed from where anybody may come
 * @param register who is known now
 */
public record Access(AddressList allowed, Supplier<Register> register) {

  /** A door without a guard. */
  public static final Access OPEN = new Access(AddressList.EVERYBODY, Register.Open::new);

  /** Whether anybody may come from there. */
  public boolean allows(InetAddress address) {
    return allowed.contains(address);
  }

  /** Decides. */
  public Admission admit(Credentials credentials) {
    return allows(credentials.address())
        ? register.get().admit(credentials)
        : new Admission.WrongAddress();
  }
}
