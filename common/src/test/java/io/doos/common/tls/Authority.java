package io.doos.common.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority for a test, which signs for whomever the test likes. */
public final class Authority {

  private static final char[] NONE = new char[0];

  private final KeyPair keys;
  private final X509Certificate certificate;

  /** A certificate with its key. */
  public record Identity(X509Certificate certificate, KeyPair keys) {

    /** Writes both as PEM, each at once. */
    public Identity write(Path certificateFile, Path keyFile) throws IOException {
      put(certificateFile, pem("CERTIFICATE", encoded(certificate)));
      put(keyFile, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
      return this;
    }
  }

  /** A new one. */
  public Authority(String name) throws Exception {
    keys = keys("EC");
    certificate = sign(name, keys, keys, name, true);
  }

  /** Signs for somebody with a key of the kind {@code EC}, {@code RSA} or {@code Ed25519}. */
  public Identity identity(String name, String kind) throws Exception {
    var own = keys(kind);
    return new Identity(
        sign(certificate.getSubjectX500Principal().getName().substring(3), keys, own, name, false),
        own);
  }

  /** Writes its own certificate as PEM. */
  public Path write(Path file) throws IOException {
    put(file, pem("CERTIFICATE", encoded(certificate)));
    return file;
  }

  /** What a client needs who trusts this authority and shows no certificate. */
  public SSLContext client() throws Exception {
    return context(null);
  }

  /** What a client needs who trusts this authority and shows a certificate, whoever signed it. */
  public SSLContext client(Identity own) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "own", own.keys().getPrivate(), NONE, new X509Certificate[] {own.certificate()});
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, NONE);
    return context(managers);
  }

  private SSLContext context(@org.jspecify.annotations.Nullable KeyManagerFactory own)
      throws Exception {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", certificate);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(own == null ? null : own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static X509Certificate sign(
      String issuer, KeyPair by, KeyPair whose, String name, boolean isAuthority) throws Exception {
    var now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Principal("CN=" + issuer),
            new BigInteger(64, new SecureRandom()),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofHours(24))),
            new X500Principal("CN=" + name),
            whose.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
    if (!isAuthority) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
              }));
    }
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private static KeyPair keys(String kind) throws Exception {
    var generator = KeyPairGenerator.getInstance(kind);
    switch (kind) {
      case "RSA" -> generator.initialize(2048);
      case "EC" -> generator.initialize(256);
      default -> {
        // of one size
      }
    }
    return generator.generateKeyPair();
  }

  private static byte[] encoded(X509Certificate certificate) throws IOException {
    try {
      return certificate.getEncoded();
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IOException(e);
    }
  }

  private static String pem(String what, byte[] encoded) {
    var lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(encoded);
    return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
  }

  private static void put(Path file, String text) throws IOException {
    var next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
