package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowNamesTest {

  @Test
  void toolbarsOfLibreOfficeAreKnownAndOtherWordsAreNot() throws Exception {
    var names = WindowNames.of(OfficeInstallation.find(Optional.empty()));
    assertThat(names.explain("Formatting")).isTrue();
    assertThat(names.explain("0,0,1024,768;1;V2 true")).isTrue();
    assertThat(names.explain("any,PropertyDeck com.sun.star.text.TextDocument,PropertyDeck"))
        .isTrue();
    assertThat(names.explain("smuggled")).isFalse();
    assertThat(names.explain("0,0,1024 smuggled")).isFalse();
  }
}
