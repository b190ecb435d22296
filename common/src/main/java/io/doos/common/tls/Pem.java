package io.doos.common.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A PEM file that a setting names.
 *
 * @param setting for messages
 */
record Pem(Path file, String setting) {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");

  /**
   * All certificates in it, at least one.
   *
   * @throws IOException saying what is wrong with it
   */
  List<X509Certificate> certificates() throws IOException {
    try {
      var found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes()));
      if (found.isEmpty()) {
        throw wrong("holds no certificate", null);
      }
      return found.stream().map(X509Certificate.class::cast).toList();
    } catch (CertificateException e) {
      throw wrong("holds no certificates in PEM", e);
    }
  }

  /**
   * The private key in it.
   *
   * @param partner the public key that it must belong to
   * @throws IOException saying what is wrong with it
   */
  PrivateKey keyOf(PublicKey partner) throws IOException {
    var text = new String(bytes(), US_ASCII);
    var block = KEY.matcher(text);
    if (!block.find()) {
      throw OTHER_KEY.matcher(text).find()
          ? wrong(
              "holds its key in another form than PKCS #8 without a passphrase: convert it with"
                  + " `openssl pkcs8 -topk8 -nocrypt`",
              null)
          : wrong("holds no private key in PEM", null);
    }
    try {
      var encoded = Base64.getMimeDecoder().decode(block.group(1));
      return KeyFactory.getInstance(partner.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw wrong("holds no " + partner.getAlgorithm() + " key, as the certificate has", e);
    }
  }

  private byte[] bytes() throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException(this + ": there is no such file.", e);
    } catch (IOException e) {
      throw new IOException(this + " cannot be read: " + e, e);
    }
  }

  private IOException wrong(String how, @org.jspecify.annotations.Nullable Exception cause) {
    return new IOException(this + " " + how + ".", cause);
  }

  @Override
  public String toString() {
    return file + " (" + setting + ")";
  }
}
