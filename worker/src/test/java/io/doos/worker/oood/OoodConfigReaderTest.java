package io.doos.worker.oood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.uno.UnoAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OoodConfigReaderTest {

  private static final String DOORS =
      "<acceptor uno-string='socket,host=localhost,port=2002'/>"
          + "<admin-acceptor uno-string='pipe,name=oood-admin'/>";
  private static final String OFFICE = "<user-installation url='file:///home/oood/1'/>";

  @TempDir private Path folder;

  private OoodConfig read(String content) throws IOException {
    return OoodConfigReader.read(
        Files.writeString(
            folder.resolve("oood-config.xml"), "<oood-config>" + content + "</oood-config>"));
  }

  @Test
  void everyElementIsRead() throws IOException {
    var config =
        read(
            DOORS
                + OFFICE
                + "<user-installation url='file:///home/oood/2'/>"
                + "<tolerated-startuptime-per-instance value='60'/>"
                + "<usage-count-per-instance max='20' random='5'/>"
                + "<logging level='detail'/><toolbar-color name='red'/>");
    assertThat(config.acceptor()).isEqualTo(new UnoAddress.Tcp("localhost", 2002));
    assertThat(config.adminAcceptor()).isEqualTo(new UnoAddress.Pipe("oood-admin"));
    assertThat(config.userInstallations())
        .containsExactly("file:///home/oood/1", "file:///home/oood/2");
    assertThat(config.startupTime()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.maxUses()).isEqualTo(20);
    assertThat(config.randomUses()).isEqualTo(5);
    assertThat(config.level()).isEqualTo(OoodConfig.Level.DETAIL);
    assertThat(config.ignored()).containsExactly("<toolbar-color> (line 1) means nothing to doos");
  }

  @Test
  void whatIsLeftOutHasTheOldValues() throws IOException {
    var config = read(DOORS + OFFICE);
    assertThat(config.startupTime()).isEqualTo(Duration.ofMinutes(3));
    assertThat(config.maxUses()).isEqualTo(10);
    assertThat(config.randomUses()).isEqualTo(3);
    assertThat(config.level()).isEqualTo(OoodConfig.Level.INFO);
  }

  @Test
  void allThatIsWrongIsNamedAtOnce() {
    assertThatThrownBy(() ->
            read(
                "<acceptor x='socket,host=localhost'/>\n<admin-acceptor/>\n"
                    + "<usage-count-per-instance max='0'/>\n<logging level='loud'/>"))
        .isInstanceOf(BadOoodConfig.class)
        .hasMessageContaining("Line 1: <acceptor>:")
        .hasMessageContaining("it has no port")
        .hasMessageContaining("Line 2: <admin-acceptor>: has no attribute")
        .hasMessageContaining("Line 3: <usage-count-per-instance>: 'max' is '0'")
        .hasMessageContaining("has no attribute 'random'")
        .hasMessageContaining(
            "Line 4: <logging>: has a level that is none of serious, info and detail");
    assertThatThrownBy(() -> read(DOORS)).hasMessageContaining("has no <user-installation>");
    assertThatThrownBy(() -> read(OFFICE)).hasMessageContaining("has no <acceptor>");
    assertThatThrownBy(() -> read("<acceptor")).hasMessageContaining("is not XML as expected");
  }

  @Test
  void noEntityIsEverRead() throws IOException {
    var secret = Files.writeString(folder.resolve("secret"), "socket,host=secret,port=1");
    var file = folder.resolve("evil.xml");
    Files.writeString(
        file,
        "<!DOCTYPE c [<!ENTITY s SYSTEM '%s'>]><c>%s%s<logging level='&s;'/></c>"
            .formatted(secret.toUri(), DOORS, OFFICE));
    assertThatThrownBy(() -> OoodConfigReader.read(file))
        .isInstanceOf(BadOoodConfig.class)
        .message()
        .doesNotContain("host=secret");
  }
}
