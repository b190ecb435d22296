package io.doos.gateway.doos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArgumentsTest {

  @Test
  void pairsAreSplitAtTheFirstEqualsSign() {
    assertThat(Arguments.parse("prepareJob;initFunc=Main;x=a=b").values())
        .containsOnly(
            java.util.Map.entry("prepareJob", ""),
            java.util.Map.entry("initFunc", "Main"),
            java.util.Map.entry("x", "a=b"));
  }

  @Test
  void blankAroundKeysIsIgnored() {
    assertThat(Arguments.parse(" statusJob ;\n ticket =12; ").values())
        .containsOnly(java.util.Map.entry("statusJob", ""), java.util.Map.entry("ticket", "12"));
  }

  @Test
  void emptyPartsAreIgnored() {
    assertThat(Arguments.parse(";;=x; ;").values()).isEmpty();
    assertThat(Arguments.parse("").values()).isEmpty();
  }

  @Test
  void ofAKeyGivenTwiceTheLastOneCounts() {
    assertThat(Arguments.parse("ticket=1;ticket=2").value("ticket")).contains("2");
  }

  @Test
  void theFirstCommandInOrderDecidesWhateverItsValue() {
    assertThat(Command.of(Arguments.parse("deleteJob;statusJob=no"))).contains(Command.STATUS_JOB);
    assertThat(Command.of(Arguments.parse("deleteJob;returnJob;prepareJob=false")))
        .contains(Command.PREPARE_JOB);
    assertThat(Command.of(Arguments.parse("prepareJob;terminate"))).contains(Command.TERMINATE);
    assertThat(Command.of(Arguments.parse("deleteJob=x"))).contains(Command.DELETE_JOB);
    assertThat(Command.of(Arguments.parse("StatusJob;status job"))).isEmpty();
  }
}
