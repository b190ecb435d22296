package io.doos.common.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

  @TempDir private Path folder;
  private Path certificate;
  private Path key;
  private Authority authority;

  @BeforeEach
  void begin() throws Exception {
    certificate = folder.resolve("door.pem");
    key = folder.resolve("door.key");
    authority = new Authority("test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void keysOfEveryUsualKindAreTaken(String kind) throws Exception {
    authority.identity("door", kind).write(certificate, key);
    assertThat(open(Optional.empty()).context()).isNotNull();
  }

  @Test
  void olderVersionsThanTls12AreNotSpoken() throws Exception {
    authority.identity("door", "EC").write(certificate, key);
    assertThat(open(Optional.empty()).parameters().getProtocols())
        .containsExactly("TLSv1.3", "TLSv1.2");
  }

  @Test
  void aMissingFileIsNamedWithItsSetting() throws Exception {
    assertWrong("door.pem (tls.certificate): there is no such file.");
    authority.identity("door", "EC").write(certificate, key);
    Files.delete(key);
    assertWrong("door.key (tls.key): there is no such file.");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    authority.identity("other", "EC").write(certificate, key);
    authority.identity("door", "EC").write(certificate, folder.resolve("unused.key"));
    assertWrong("door.key (tls.key) is not the key of the first certificate in ");
  }

  @Test
  void aKeyOfAnotherKindIsRefused() throws Exception {
    authority.identity("other", "RSA").write(certificate, key);
    authority.identity("door", "EC").write(certificate, folder.resolve("unused.key"));
    assertWrong("door.key (tls.key) holds no EC key, as the certificate has.");
  }

  @Test
  void aKeyInAnotherFormIsRefusedWithTheCommandThatConvertsIt() throws Exception {
    authority.identity("door", "EC").write(certificate, key);
    Files.writeString(key, Files.readString(key).replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
    assertWrong("openssl pkcs8 -topk8 -nocrypt");
  }

  @Test
  void whatIsNoPemIsRefused() throws Exception {
    authority.identity("door", "EC").write(certificate, key);
    var good = Files.readString(certificate);
    Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\nnonsense\n");
    assertWrong("door.pem (tls.certificate) holds no certificate");
    Files.writeString(certificate, "");
    assertWrong("door.pem (tls.certificate) holds no certificate");
    Files.writeString(certificate, good);
    Files.writeString(key, "nonsense");
    assertWrong("door.key (tls.key) holds no private key in PEM.");
  }

  @Test
  void aClientAuthorityThatIsMissingIsNamed() throws Exception {
    authority.identity("door", "EC").write(certificate, key);
    assertThatThrownBy(() -> open(Optional.of(folder.resolve("ca.pem"))))
        .hasMessageContaining("ca.pem (tls.client-ca): there is no such file.");
  }

  private void assertWrong(String message) {
    assertThatThrownBy(() -> open(Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private Tls open(Optional<Path> clientAuthority) throws IOException {
    return Tls.of(new Tls.Files(certificate, key, clientAuthority));
  }
}
