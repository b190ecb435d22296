package io.doos.gateway;

import io.doos.common.config.AddressList;
import io.doos.common.tls.Tls;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may use the doors of a gateway, and how it shows who it is.
 *
 * @param tcp where clients of the doos protocol may be
 * @param http where clients of the HTTP door may be
 * @param cliser where clients of the CLISER door may be
 * @param register the file of those who are known; without one, nobody is asked
 * @param tls the certificate of all doors over TLS; without it, there are none
 * @param openJobs how many open jobs a tenant may have, unless the register says otherwise
 */
public record Guards(
    AddressList tcp,
    AddressList http,
    AddressList cliser,
    Optional<Path> register,
    Optional<Tls.Files> tls,
    int openJobs) {

  /** Nobody guards the doors. */
  public static final Guards NONE =
      new Guards(
          AddressList.EVERYBODY,
          AddressList.EVERYBODY,
          AddressList.EVERYBODY,
          Optional.empty(),
          Optional.empty(),
          Integer.MAX_VALUE);
}
