package io.doos.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.doos.common.job.Pool;
import io.doos.common.queue.AmqpProbe;
import io.doos.common.queue.BrokerMisconfigured;
import io.doos.common.queue.Delivery;
import io.doos.common.queue.Inbox;
import io.doos.common.queue.LinkConfig;
import io.doos.common.queue.RabbitBroker;
import io.doos.common.queue.Topology;
import io.doos.common.status.Status;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the way at a RabbitMQ is told, and the commands that are told mend it. */
class MisfitRabbitTest {

  private static final Pattern COMMAND = Pattern.compile("with: (.*?)(?: ;|; doos|$)");

  private static PrivateRabbit rabbit;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rabbit = new PrivateRabbit(folder);
  }

  @AfterAll
  static void stop() {
    rabbit.close();
  }

  private static RabbitBroker broker(String url, String pool) {
    return new RabbitBroker(
        LinkConfig.of(url), new Topology(Set.of(new Pool(pool))), InstantSource.system());
  }

  private static String as(String user, String virtualHost) {
    return rabbit.url().replace("guest:guest@", user + ":secret@") + virtualHost;
  }

  /** What is wrong at the start. */
  private static <T extends BrokerMisconfigured> String told(
      Class<T> kind, String url, String pool) {
    try (var misfit = broker(url, pool)) {
      return String.valueOf(catchThrowableOfType(kind, misfit::start).getMessage());
    }
  }

  /** Runs what the message says to run. */
  private static void mend(String message) throws Exception {
    var commands = COMMAND.matcher(message).results().map(found -> found.group(1)).toList();
    assertThat(commands).isNotEmpty();
    for (var command : commands) {
      rabbit.shell(command);
    }
  }

  private static void works(String url, String pool) throws Exception {
    try (var broker = broker(url, pool)) {
      broker.start();
      var deliveries = new Inbox<Delivery>();
      var events = new Inbox<Status>();
      try (var _ = broker.deliveries().take(new Pool(pool), 1, deliveries);
          var _ = broker.events().subscribe(events)) {
        broker.jobs().publish(RabbitBrokerTest.job(new Pool(pool), "t1"));
        var delivery = deliveries.next();
        delivery.park("a test parks it");
        broker.events().publish(RabbitBrokerTest.done("t1"));
        assertThat(events.next().ticket().value()).isEqualTo("t1");
      }
    }
  }

  @Test
  void aClassicQueueOfOurNameIsToldWithWhatItHoldsAndTheCommandThatMendsIt() throws Exception {
    try (var probe = new AmqpProbe(rabbit.url())) {
      probe.declare("doos.jobs.classic", Map.of());
      probe.bind("doos.jobs.classic", "amq.direct", "classic");
      probe.publish("amq.direct", "classic");
      probe.publish("amq.direct", "classic");
    }
    var told = told(BrokerMisconfigured.Conflict.class, rabbit.url(), "classic");
    assertThat(told)
        .contains(
            "The queue 'doos.jobs.classic' exists with other properties than doos needs",
            "inequivalent arg",
            "2 messages wait in it and go with it",
            "rabbitmqctl delete_queue doos.jobs.classic;");
    mend(told);
    works(rabbit.url(), "classic");
  }

  @Test
  void anExchangeOfAnotherTypeIsToldWithTheCommandThatMendsIt() throws Exception {
    rabbit.control("add_vhost", "with 'quotes'");
    rabbit.control("set_permissions", "-p", "with 'quotes'", "guest", ".*", ".*", ".*");
    var url = rabbit.url() + "/with%20'quotes'";
    try (var probe = new AmqpProbe(url)) {
      probe.declareExchange("doos.events", "direct");
    }
    var told = told(BrokerMisconfigured.Conflict.class, url, "p");
    assertThat(told)
        .contains("The exchange 'doos.events' exists with other properties", "'type'", "bindings");
    mend(told);
    works(url, "p");
  }

  @Test
  void aMissingVirtualHostIsToldWithTheCommandsThatMakeIt() throws Exception {
    rabbit.control("add_user", "maker", "secret");
    var url = as("maker", "/made");
    var told = told(BrokerMisconfigured.NotAllowed.class, url, "p");
    assertThat(told)
        .contains("the virtual host 'made'", "rabbitmqctl add_vhost made", "-p made maker")
        .doesNotContain("secret");
    mend(told);
    works(url, "p");
  }

  @Test
  void missingRightsAreToldWithTheCommandThatGivesThem() throws Exception {
    rabbit.control("add_vhost", "rights");
    rabbit.control("add_user", "modest", "secret");
    rabbit.control("set_permissions", "-p", "rights", "modest", "", ".*", ".*");
    var url = as("modest", "/rights");
    var told = told(BrokerMisconfigured.NotAllowed.class, url, "p");
    assertThat(told)
        .contains("does not let user 'modest' use the exchange 'doos.dead'", "set_permissions");
    mend(told);
    works(url, "p");
  }

  @Test
  void aUserWhoMayDeclareButNotPublishIsToldSoAtTheStart() throws Exception {
    rabbit.control("add_vhost", "mute");
    rabbit.control("add_user", "mute", "secret");
    rabbit.control("set_permissions", "-p", "mute", "mute", ".*", "^doos.*$", ".*");
    var told = told(BrokerMisconfigured.NotAllowed.class, as("mute", "/mute"), "p");
    assertThat(told).contains("use the default exchange", "amq.default");
    mend(told);
    works(as("mute", "/mute"), "p");
  }

  @Test
  void aWrongPasswordIsToldWithoutShowingIt() {
    assertThat(
            told(
                BrokerMisconfigured.NotAllowed.class,
                rabbit.url().replace(":guest@", ":hush@"),
                "p"))
        .contains("refuses user 'guest'", "rabbitmqctl change_password guest")
        .doesNotContain("hush");
  }
}
