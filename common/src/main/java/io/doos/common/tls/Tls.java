package io.doos.common.tls;

import io.doos.common.life.Reread;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a door speaks TLS: 1.2 or later, with the certificate that its files hold at the moment. A
 * renewed one serves the connections that come after it. Safe for use by any number of threads.
 */
public final class Tls {

  private static final Logger log = LoggerFactory.getLogger(Tls.class);

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final char[] IN_MEMORY = new char[0];

  private final Reread<SSLContext> context;
  private final boolean wantsCertificates;

  /**
   * The files, all PEM.
   *
   * @param certificate the door's own, then those that lead from it to an authority
   * @param key the certificate's, PKCS #8 without a passphrase
   * @param clientAuthority who signs clients' certificates; without it none is asked for
   */
  public record Files(Path certificate, Path key, Optional<Path> clientAuthority) {
    private List<Path> all() {
      var all = new ArrayList<>(List.of(certificate, key));
      clientAuthority.ifPresent(all::add);
      return all;
    }
  }

  private Tls(Reread<SSLContext> context, boolean wantsCertificates) {
    this.context = context;
    this.wantsCertificates = wantsCertificates;
  }

  /**
   * Reads the files.
   *
   * @throws IOException naming the file that is missing, unreadable or does not fit the others
   */
  public static Tls of(Files files) throws IOException {
    return new Tls(
        Reread.open(files.all(), () -> context(files)), files.clientAuthority().isPresent());
  }

  /** For the next connection. */
  public SSLContext context() {
    return context.get();
  }

  /** What a connection may agree on; a client without a certificate is not turned away by TLS. */
  public SSLParameters parameters() {
    var parameters = context().getDefaultSSLParameters();
    parameters.setProtocols(PROTOCOLS.clone());
    parameters.setUseCipherSuitesOrder(true);
    parameters.setWantClientAuth(wantsCertificates);
    return parameters;
  }

  private static SSLContext context(Files files) throws IOException {
    var certificate = new Pem(files.certificate(), "tls.certificate");
    var chain = certificate.certificates();
    var own = chain.getFirst();
    var key = new Pem(files.key(), "tls.key");
    var secret = key.keyOf(own.getPublicKey());
    if (!isPair(secret, own)) {
      throw new IOException(
          key + " is not the key of the first certificate in " + certificate + ".");
    }
    var authority = files.clientAuthority().map(file -> new Pem(file, "tls.client-ca"));
    var trusted =
        authority.isPresent() ? authority.get().certificates() : List.<X509Certificate>of();
    warnOfDates(own, certificate);
    try {
      return context(secret, chain, trusted);
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up with " + certificate + ": " + e.getMessage(), e);
    }
  }

  private static SSLContext context(
      PrivateKey key, List<X509Certificate> chain, List<X509Certificate> trusted)
      throws GeneralSecurityException, IOException {
    var own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry("door", key, IN_MEMORY, chain.toArray(X509Certificate[]::new));
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, IN_MEMORY);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), Trust.managers(trusted), null);
    return context;
  }

  private static boolean isPair(PrivateKey key, X509Certificate certificate) throws IOException {
    var algorithm = signatureOf(key.getAlgorithm());
    if (algorithm == null) {
      throw new IOException("TLS knows no keys of the kind " + key.getAlgorithm() + ".");
    }
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(certificate.getEncoded());
      var signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(certificate.getEncoded());
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      log.debug("The key does not sign as the certificate's would", e);
      return false;
    }
  }

  private static @Nullable String signatureOf(String keys) {
    return switch (keys) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
      default -> null;
    };
  }

  /** No reason to refuse: clients do, and the file may be renewed any moment. */
  private static void warnOfDates(X509Certificate own, Pem file) {
    var now = Instant.now();
    if (now.isAfter(own.getNotAfter().toInstant())
        || now.isBefore(own.getNotBefore().toInstant())) {
      log.warn("{} is good from {} to {} only", file, own.getNotBefore(), own.getNotAfter());
    }
  }
}
