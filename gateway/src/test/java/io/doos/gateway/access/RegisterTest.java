package io.doos.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.config.AddressList;
import io.doos.common.job.Pool;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisterTest {

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final String HASH = "sha256:" + TokenHash.of("swordfish").hex();

  @Test
  void aTokenLetsItsOwnerInAndNoOther() {
    var acme = NewToken.make(new SecureRandom(), "acme-1", List.of("tenant=acme", "jobs=7"));
    var other = NewToken.make(new SecureRandom(), "other", List.of());
    var register = read(acme.line(), "", "# a remark", other.line());
    assertThat(register.admit(token(acme.token())))
        .isEqualTo(
            new Admission.Admitted(
                new Caller(
                    "acme-1",
                    Optional.of("acme"),
                    Set.of(Role.SUBMIT),
                    Set.of(),
                    OptionalInt.of(7))));
    assertThat(register.admit(token(acme.token() + "x"))).isEqualTo(new Admission.WrongToken());
    assertThat(register.admit(token(""))).isEqualTo(new Admission.WrongToken());
    assertThat(register.admit(nothing())).isEqualTo(new Admission.NoToken());
  }

  @Test
  void aCertificateLetsItsOwnerInUnlessATokenIsShownToo() {
    var register = read("mill certificate:mill.example roles=watch", "acme " + HASH);
    assertThat(name(register.admit(certificate("mill.example")))).isEqualTo("mill");
    assertThat(register.admit(certificate("Mill.example"))).isEqualTo(new Admission.NoToken());
    var both = new Credentials(HERE, Optional.of("swordfish"), Optional.of("mill.example"));
    assertThat(name(register.admit(both))).isEqualTo("acme");
    var wrong = new Credentials(HERE, Optional.of("sole"), Optional.of("mill.example"));
    assertThat(register.admit(wrong)).isEqualTo(new Admission.WrongToken());
  }

  @Test
  void aHashIsNoToken() {
    var hash = TokenHash.of("swordfish").hex();
    assertThat(read("acme " + HASH).admit(token(hash))).isEqualTo(new Admission.WrongToken());
  }

  @Test
  void nobodyIsKnownToAnEmptyRegister() {
    assertThat(read().admit(token("swordfish"))).isEqualTo(new Admission.WrongToken());
    assertThat(read().admit(nothing())).isEqualTo(new Admission.NoToken());
  }

  @Test
  void whoComesFromElsewhereNeedsNoToken() {
    var register = read("acme " + HASH);
    var access = new Access(AddressList.parse("10.0.0.0/8"), () -> register);
    assertThat(access.admit(token("swordfish"))).isEqualTo(new Admission.WrongAddress());
    var near =
        new Credentials(
            InetAddress.ofLiteral("::ffff:10.1.2.3"), Optional.of("swordfish"), Optional.empty());
    assertThat(name(access.admit(near))).isEqualTo("acme");
  }

  @Test
  void aCallerMayWhatItsLineSays() {
    var caller = caller("acme " + HASH + " roles=operate tenant=acme pools=big,small");
    assertThat(Arrays.stream(Role.values()).filter(caller::may))
        .containsExactly(Role.WATCH, Role.OPERATE);
    assertThat(caller.mayUse(new Pool("big"))).isTrue();
    assertThat(caller.mayUse(Pool.DEFAULT)).isFalse();
    assertThat(caller.maySee("acme")).isTrue();
    assertThat(caller.maySee("mill")).isFalse();
    assertThat(caller.maySee(null)).isFalse();
    assertThat(caller.tenantOf("mill")).isEqualTo("acme");
  }

  @Test
  void aCallerWithoutATenantSeesAllAndNamesWhomItLikes() {
    var caller = caller("relay " + HASH);
    assertThat(caller.maySee("acme")).isTrue();
    assertThat(caller.maySee(null)).isTrue();
    assertThat(caller.tenantOf("mill")).isEqualTo("mill");
    assertThat(caller.tenantOf(null)).isNull();
    assertThat(caller.mayUse(Pool.DEFAULT)).isTrue();
  }

  @Test
  void neitherHashNorTokenIsInWhatIsShown() {
    assertThat(token("swordfish").toString()).doesNotContain("swordfish");
    var made = NewToken.make(new SecureRandom(), "acme", List.of());
    assertThat(made.toString()).doesNotContain(made.token());
  }

  @ParameterizedTest
  @CsvSource({
    "acme, a name and a key are expected",
    "acme swordfish, neither sha256",
    "acme sha256:12, 64 hexadecimal digits",
    "a.b HASH, the name is",
    "acme HASH role=submit, is none of roles",
    "acme HASH roles=king, is no role",
    "acme HASH tenant=a tenant=b, twice",
    "acme HASH tenant=, the tenant is",
    "'acme HASH pools=a,', a pool is",
    "acme HASH jobs=0 tenant=a, jobs is a number",
    "acme HASH jobs=5, counted by tenant",
  })
  void aWrongLineIsNamedWithWhatIsWrong(String line, String reason) {
    assertThatThrownBy(() -> read("# first", line.replace("HASH", HASH)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Line 2: ")
        .hasMessageContaining(reason);
  }

  @Test
  void twoLinesForOneKeyOrTwoNumbersForOneTenantAreWrong() {
    assertThatThrownBy(() -> read("a " + HASH, "b " + HASH))
        .hasMessageContaining("Line 2: its key");
    assertThatThrownBy(
            () -> read("a " + HASH + " tenant=x jobs=1", "b certificate:b tenant=x jobs=2"))
        .hasMessageContaining("Line 2: tenant x has other 'jobs'");
  }

  private static Register read(String... lines) {
    return RegisterReader.read(List.of(lines));
  }

  private static Caller caller(String line) {
    return ((Admission.Admitted) read(line).admit(token("swordfish"))).caller();
  }

  private static String name(Admission admission) {
    return ((Admission.Admitted) admission).caller().name();
  }

  private static Credentials token(String token) {
    return new Credentials(HERE, Optional.of(token), Optional.empty());
  }

  private static Credentials certificate(String name) {
    return new Credentials(HERE, Optional.empty(), Optional.of(name));
  }

  private static Credentials nothing() {
    return new Credentials(HERE, Optional.empty(), Optional.empty());
  }
}
