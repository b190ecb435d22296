package io.doos.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressListTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "192.0.2.128/25, 192.0.2.129, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "0.0.0.0/0, 203.0.113.1, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "::/0, ::1, true",
    "::/0, 127.0.0.1, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "::ffff:10.0.0.0/104, 10.1.2.3, true",
    "::ffff:10.0.0.0/104, 11.1.2.3, false",
    "fe80::/10, fe80::1%1, true",
  })
  void anAddressIsInARangeIfItBeginsAsTheRangeDoes(String range, String address, boolean isIn) {
    assertThat(AddressRange.parse(range).contains(InetAddress.ofLiteral(address))).isEqualTo(isIn);
  }

  @Test
  void anEmptyListIsEverybody() {
    assertThat(AddressList.parse("").contains(InetAddress.ofLiteral("203.0.113.9"))).isTrue();
  }

  @Test
  void aListTakesWhatAnyOfItsRangesTakes() {
    var list = AddressList.parse("10.0.0.0/8, fd00::/8");
    assertThat(list.contains(InetAddress.ofLiteral("10.1.1.1"))).isTrue();
    assertThat(list.contains(InetAddress.ofLiteral("fd12::1"))).isTrue();
    assertThat(list.contains(InetAddress.getLoopbackAddress())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, not an IP address",
    "10.0.0, not an IP address",
    "10.0.0.256, ''",
    "fe80::1%eth0, not an IP address",
    "10.0.0.0/33, length",
    "10.0.0.0/, no length",
    "10.0.0.0/-1, no length",
    "10.1.2.3/8, write 10.0.0.0/8",
    "::ffff:10.0.0.0/8, length",
    "'10.0.0.1,', not an IP address",
  })
  void whatIsNoListIsRefusedWithAReason(String text, String reason) {
    assertThatThrownBy(() -> AddressList.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
