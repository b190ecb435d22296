package io.doos.common.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are believed. */
public final class Trust {

  private Trust() {}

  /**
   * For a client's connections.
   *
   * @param authority PEM file with the authority to believe, and no other; Java's own if empty
   * @throws IOException when that file is missing or holds no certificate
   */
  public static SSLContext in(Optional<Path> authority) throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      if (authority.isEmpty()) {
        context.init(null, null, null);
      } else {
        context.init(null, managers(new Pem(authority.get(), "--ca").certificates()), null);
      }
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /** Believe {@code trusted}, and what they signed. */
  static TrustManager[] managers(List<X509Certificate> trusted)
      throws GeneralSecurityException, IOException {
    var authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    for (var one : trusted) {
      authorities.setCertificateEntry("authority-" + authorities.size(), one);
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authorities);
    return trust.getTrustManagers();
  }
}
