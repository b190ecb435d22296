package io.doos.gateway.doos;

import static io.doos.gateway.doos.Frames.frame;
import static io.doos.gateway.doos.Frames.payload;
import static io.doos.gateway.doos.Frames.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.config.AddressList;
import io.doos.common.job.Ticket;
import io.doos.common.store.FakeObjectStore;
import io.doos.gateway.Guards;
import io.doos.gateway.TestFarm;
import io.doos.gateway.access.NewToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two tenants and an operator at the doos door of a whole gateway. */
@Timeout(120)
class TenantsTest {

  private static final String TOO_MANY = "[ERROR] Too many jobs outstanding, try again later.";
  private static final String UNKNOWN = "[ERROR] The token is not known.";

  private final SecureRandom random = new SecureRandom();
  private final NewToken acme = token("acme", "tenant=acme", "jobs=2");
  private final NewToken acmeToo = token("acme-too", "tenant=acme", "jobs=2");
  private final NewToken mill = token("mill", "tenant=mill", "pools=big");
  private final NewToken king = token("king", "roles=operate,submit");
  private final FakeObjectStore store = new FakeObjectStore();
  @TempDir private Path folder;
  private Path register;
  private TestFarm farm;

  @BeforeEach
  void start() throws Exception {
    register = folder.resolve("register");
    write(acme, acmeToo, mill, king);
    farm = farm(AddressList.EVERYBODY);
  }

  private TestFarm farm(AddressList allowed) throws Exception {
    return new TestFarm(
        store,
        folder.resolve("spool"),
        TestFarm.DEFAULT,
        new Guards(
            allowed,
            AddressList.EVERYBODY,
            AddressList.EVERYBODY,
            Optional.of(register),
            Optional.empty(),
            100));
  }

  @AfterEach
  void stop() {
    farm.close();
  }

  @Test
  void aTokenIsAskedForAndAWrongOneRefused() throws Exception {
    assertThat(ask("statusJob;ticket=1")).isEqualTo("[ERROR] A token is required.");
    assertThat(ask("statusJob;ticket=1;token")).isEqualTo(UNKNOWN);
    assertThat(ask("statusJob;ticket=1;token=doos_x")).isEqualTo(UNKNOWN);
    assertThat(ask("prepareJob;initFunc=Main;token=doos_x", "", "Sub Main")).isEqualTo(UNKNOWN);
    assertThat(farm.published()).isEmpty();
  }

  @Test
  void whoeverIsNotLetInIsToldSoBeforeAnyFileHasCome() throws Exception {
    var arguments = "300000|" + "0".repeat(40) + "|prepareJob;initFunc=Main%s::file start::";
    assertThat(said(arguments.formatted(""))).isEqualTo("[ERROR] A token is required.");
    assertThat(said(arguments.formatted(";token=doos_x"))).isEqualTo(UNKNOWN);
  }

  /** What is answered to a request of which no more comes. */
  private String said(String begun) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), farm.port())) {
      socket.getOutputStream().write(Frames.latin(begun));
      return reply(socket.getInputStream());
    }
  }

  @Test
  void aTokenThatIsTakenOutOfTheFileIsRefusedAndANewOneTaken() throws Exception {
    assertThat(ask(acme, "statusJob;ticket=1")).isEqualTo("[ERROR] Unknown Ticket: 1.");
    var next = token("next", "tenant=acme");
    write(next);
    while (!ask(acme, "statusJob;ticket=1").equals(UNKNOWN)) {
      Thread.onSpinWait(); // the test's time-out ends it
    }
    assertThat(ask(next, "statusJob;ticket=1")).isEqualTo("[ERROR] Unknown Ticket: 1.");
  }

  @Test
  void aTenantsTicketsAreThereForNobodyElse() throws Exception {
    var ticket = submit(acme);
    var unknown = "[ERROR] Unknown Ticket: " + ticket + ".";
    assertThat(ask(mill, "statusJob;ticket=" + ticket)).isEqualTo(unknown);
    assertThat(ask(mill, "returnJob;ticket=" + ticket)).isEqualTo(unknown);
    assertThat(ask(mill, "deleteJob;ticket=" + ticket)).isEqualTo("[OK]");
    assertThat(ask(acmeToo, "statusJob;ticket=" + ticket)).startsWith("[OK] Enqueued");
    assertThat(ask(king, "statusJob;ticket=" + ticket)).startsWith("[OK] Enqueued");
    farm.finish(farm.published(ticket), new byte[] {1, 2, 3});
    assertThat(ask(mill, "returnJob;ticket=" + ticket)).isEqualTo(unknown);
    assertThat(ask(mill, "statusJob;ticket=" + ticket)).isEqualTo(unknown);
    assertThat(ask(acme, "returnJob;ticket=" + ticket)).startsWith("[OK] ::file start::");
    assertThat(ask(acme, "deleteJob;ticket=" + ticket)).isEqualTo("[OK]");
    assertThat(ask(acme, "statusJob;ticket=" + ticket)).isEqualTo(unknown);
  }

  @Test
  void aPoolThatIsNotTheTenantsIsRefused() throws Exception {
    assertThat(ask(mill, "prepareJob;initFunc=Main", "", "Sub Main"))
        .isEqualTo("[ERROR] Pool 'default' is not one of yours.");
    assertThat(ask(mill, "prepareJob;initFunc=Main;pool=big", "", "Sub Main"))
        .startsWith("[OK] Ticket:");
    assertThat(farm.published()).hasSize(1);
  }

  @Test
  void onlyAnOperatorStopsTheProcess() throws Exception {
    assertThat(ask("terminate")).isEqualTo("[ERROR] A token is required.");
    assertThat(ask(acme, "terminate")).isEqualTo("[ERROR] terminate is not permitted.");
    assertThat(farm.toldToStop().getCount()).isEqualTo(1);
    assertThat(ask(king, "terminate")).isEqualTo("[OK]");
    farm.toldToStop().await();
  }

  @Test
  void aTenantWithTooManyOpenJobsWaitsForOneToEndAndOthersGoOn() throws Exception {
    var first = submit(acme);
    submit(acmeToo);
    assertThat(ask(acme, "prepareJob;initFunc=Main", "", "Sub Main")).isEqualTo(TOO_MANY);
    assertThat(ask(acmeToo, "prepareJob;initFunc=Main", "", "Sub Main")).isEqualTo(TOO_MANY);
    submit(king);
    farm.fail(farm.published(first), "it did not work");
    farm.broker().events().publish(farm.ledger().read(first).orElseThrow());
    submitted(acme);
  }

  @Test
  void anEndThatNoEventToldOfIsFoundInTheStore() throws Exception {
    var first = submit(acme);
    submit(acme);
    farm.fail(farm.published(first), "it did not work");
    submitted(acme);
  }

  @Test
  void whatAnotherGatewayGaveOutCountsToo() throws Exception {
    submit(acme);
    submit(acme);
    try (var other = farm(AddressList.EVERYBODY)) {
      while (!ask(other, with(acme, "prepareJob;initFunc=Main"), "", "Sub Main").equals(TOO_MANY)) {
        Thread.onSpinWait(); // its first listing is under way
      }
    }
  }

  @Test
  void aClientFromElsewhereIsToldSoBeforeItSaysAnything() throws Exception {
    try (var other = farm(AddressList.parse("192.0.2.0/24"));
        var socket = new Socket(InetAddress.getLoopbackAddress(), other.port())) {
      assertThat(reply(socket.getInputStream()))
          .isEqualTo("[ERROR] Nobody may use this door from this address.");
    }
  }

  private void submitted(NewToken who) throws IOException {
    while (!ask(who, "prepareJob;initFunc=Main", "", "Sub Main").startsWith("[OK]")) {
      Thread.onSpinWait(); // the test's time-out ends it
    }
  }

  private Ticket submit(NewToken who) throws IOException {
    var reply = ask(who, "prepareJob;initFunc=Main", "", "Sub Main");
    assertThat(reply).startsWith("[OK] Ticket:");
    return new Ticket(reply.substring("[OK] Ticket:".length()));
  }

  private NewToken token(String name, String... fields) {
    return NewToken.make(random, name, List.of(fields));
  }

  private void write(NewToken... known) throws IOException {
    Files.write(register, java.util.Arrays.stream(known).map(NewToken::line).toList());
  }

  private String ask(NewToken who, String arguments, String... files) throws IOException {
    return ask(with(who, arguments), files);
  }

  private static String with(NewToken who, String arguments) {
    return arguments + ";token=" + who.token();
  }

  private String ask(String arguments, String... files) throws IOException {
    return ask(farm, arguments, files);
  }

  private static String ask(TestFarm farm, String arguments, String... files) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), farm.port())) {
      socket.getOutputStream().write(frame(payload(arguments, files)));
      return reply(socket.getInputStream());
    }
  }
}
