package io.doos.common.tls;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** By what name a certificate is known here. */
public final class CommonName {

  private CommonName() {}

  /** Of the certificate that the other side showed; empty when it showed none. */
  public static Optional<String> ofPeer(SSLSession session) {
    try {
      return of(session.getPeerCertificates()[0]);
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  /** The most specific common name of its subject; empty when it has none. */
  private static Optional<String> of(Certificate certificate) {
    if (!(certificate instanceof X509Certificate known)) {
      return Optional.empty();
    }
    try {
      return new LdapName(known.getSubjectX500Principal().getName())
          .getRdns().reversed().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .findFirst()
              .map(part -> part.getValue().toString());
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }
}
