package io.doos.common.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebHostsTest {

  private static final InetAddress PRIVATE = InetAddress.ofLiteral("10.0.0.5");
  private static final InetAddress PUBLIC = InetAddress.ofLiteral("93.184.216.34");

  private static WebOrigin called(String url) {
    return WebOrigin.of(URI.create(url)).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "images.example.org, http://images.example.org/a.png, true",
    "images.example.org, https://IMAGES.example.org/a.png, true",
    "images.example.org, https://images.example.org:443/a.png, true",
    "images.example.org, https://images.example.org:80/a.png, false",
    "images.example.org, http://images.example.org:8080/a.png, false",
    "images.example.org, http://images.example.org.evil.example/a.png, false",
    "images.example.org, http://images.example.org@evil.example/a.png, false",
    "images.example.org, http://user:word@images.example.org/a.png, true",
    "images.example.org, http://my.images.example.org/a.png, false",
    "images.example.org, http://images.example.org./a.png, false",
    "images.example.org:8080, http://images.example.org:8080/a.png, true",
    "images.example.org:8080, http://images.example.org/a.png, false",
    "https://images.example.org, http://images.example.org/a.png, false",
    "https://images.example.org/, https://images.example.org/a.png, true",
    "*.example.org, http://a.b.example.org/a.png, true",
    "*.example.org, http://example.org/a.png, false",
    "*.example.org, http://evilexample.org/a.png, false",
    "*.example.org:8080, http://a.example.org:8080/, true",
    "*, https://anywhere.example/, true",
    "*, https://anywhere.example:8443/, false",
    "10.0.0.5, http://10.0.0.5/, true",
    "10.0.0.5, http://10.0.0.6/, false",
    "[fd00::5]:8080, 'http://[fd00:0:0::5]:8080/', true",
    "[::ffff:10.0.0.5], http://10.0.0.5/, true",
  })
  void aHostIsCalledAtItsNameItsPortAndItsScheme(String hosts, String url, boolean isCovered) {
    assertThat(WebHosts.parse(hosts).covers(called(url))).isEqualTo(isCovered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://images.example.org/",
        "file:///etc/passwd",
        "http:///a.png",
        "http://my_host/",
        "http://host:99999/",
        "job:/a.png"
      })
  void whatNamesNoHostOnTheWebCallsNobody(String url) {
    assertThat(WebOrigin.of(URI.create(url))).isEmpty();
  }

  @Test
  void privateAddressesAreForHostsThatAreNamed() {
    var hosts = WebHosts.parse("*.example.org, intra.example.org:8080");
    var named = called("http://intra.example.org:8080/");
    assertThat(hosts.covers(named, PRIVATE)).isTrue();
    assertThat(hosts.covers(called("http://intra.example.org/"), PRIVATE)).isFalse();
    assertThat(hosts.covers(called("http://other.example.org/"), PRIVATE)).isFalse();
    assertThat(hosts.covers(called("http://other.example.org/"), PUBLIC)).isTrue();
    assertThat(WebHosts.parse("*").covers(called("http://10.0.0.5/"), PRIVATE)).isFalse();
    assertThat(WebHosts.parse("10.0.0.5").covers(called("http://10.0.0.5/"), PRIVATE)).isTrue();
  }

  @Test
  void anEmptyListIsNowhere() {
    assertThat(WebHosts.parse("").covers(called("http://images.example.org/"), PUBLIC)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "images.example.org/logos",
        "ftp://images.example.org",
        "images.*.org",
        "*example.org",
        "*.*.org",
        "user@images.example.org",
        "images.example.org:0",
        "images.example.org:65536",
        "10.0.0.0/8",
        "[fd00::/8]",
        "[fd00:zz]",
        "a,,b",
        "bücher.example",
        "-a.example"
      })
  void whatIsNoHostIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> WebHosts.parse(text));
  }

  @Test
  void aListReadsAsItIsWrittenAndHasAnEnd() {
    var text = "*,*.example.org:8080,https://cdn.example.com,[fd00:0:0:0:0:0:0:5]:81";
    assertThat(WebHosts.parse(text)).hasToString(text);
    assertThat(WebHosts.parse(WebHosts.parse(text).toString())).isEqualTo(WebHosts.parse(text));
    var many = String.join(",", Collections.nCopies(201, "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> WebHosts.parse(many));
  }
}
