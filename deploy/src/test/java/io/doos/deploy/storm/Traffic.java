package io.doos.deploy.storm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.job.InputFile;
import io.doos.common.job.JobJson;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.queue.AmqpProbe;
import io.doos.common.status.State;
import io.doos.common.status.StatusJson;
import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.fault.Customer;
import io.doos.deploy.fault.Farm;
import io.doos.deploy.fault.Judge;
import io.doos.deploy.fault.Macros;
import io.doos.deploy.fault.Wanted;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** One of those who give jobs to the farm, and take some back. */
final class Traffic {

  private static final int MOST_COPIES = 12;
  private static final int LONGEST_WAIT_MS = 1500;

  private final Farm farm;
  private final String brokerUrl;
  private final Customer customer;
  private final Judge judge;
  private final StormLog log;
  private final AtomicInteger left;
  private final String name;
  private final Pauses pauses;
  private final RandomGenerator random;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param left how many jobs all of them are yet to give
   */
  Traffic(
      Farm farm,
      String brokerUrl,
      Customer customer,
      Judge judge,
      StormLog log,
      AtomicInteger left,
      String name,
      Pauses pauses,
      RandomGenerator random) {
    this.farm = farm;
    this.brokerUrl = brokerUrl;
    this.customer = customer;
    this.judge = judge;
    this.log = log;
    this.left = left;
    this.name = name;
    this.pauses = pauses;
    this.random = random;
  }

  /** Gives jobs until there are none left or the storm is over. */
  void run(int pauseMs) throws Exception {
    for (var i = 0; pauses.between(random, 0, 2 * pauseMs) && left.getAndDecrement() > 0; i++) {
      var nonce = name + "-" + i;
      switch (random.nextInt(20)) {
        case 0 -> offer(Macros.crashing(), nonce, Wanted.OFFICE_CRASHED);
        case 1, 2 -> offer(Macros.slow(nonce, random.nextInt(LONGEST_WAIT_MS)), nonce, Wanted.DONE);
        case 3 -> delete(nonce);
        case 4 -> cancel(nonce);
        case 5, 6 -> publish(nonce, 1 + random.nextInt(MOST_COPIES));
        default -> offer(Macros.writing(nonce), nonce, Wanted.DONE);
      }
    }
  }

  /** Offers a job until somebody takes it, or the storm is over. */
  private Optional<Ticket> offer(String macro, String nonce, Wanted wanted) throws Exception {
    do {
      var ticket = customer.offer(macro, nonce, wanted);
      log.did(ticket.isPresent() ? "given" : "refused", nonce + " " + ticket);
      if (ticket.isPresent()) {
        return ticket;
      }
    } while (pauses.between(random, 200, 1000));
    return Optional.empty();
  }

  private void delete(String nonce) throws Exception {
    var ticket = offer(Macros.slow(nonce, 500), nonce, Wanted.DONE);
    if (ticket.isEmpty()) {
      return;
    }
    pauses.between(random, 0, 3000);
    judge.want(ticket.get(), Wanted.DONE_OR_WITHDRAWN);
    log.did("delete", ticket.get());
    try {
      farm.clients().get(random.nextInt(farm.gateways().size())).delete(ticket.get());
      judge.want(ticket.get(), Wanted.GONE);
    } catch (ClientFailure e) {
      log.did("unanswered", ticket.get() + " " + e.getMessage());
    }
  }

  private void cancel(String nonce) throws Exception {
    var ticket = offer(Macros.slow(nonce, 500), nonce, Wanted.DONE);
    if (ticket.isEmpty()) {
      return;
    }
    pauses.between(random, 0, 1500);
    judge.want(ticket.get(), Wanted.DONE_OR_WITHDRAWN);
    log.did("cancel", ticket.get());
    var gateway = farm.gateways().get(random.nextInt(farm.gateways().size()));
    var request =
        HttpRequest.newBuilder(farm.http(gateway).resolve("v1/jobs/" + ticket.get() + "/cancel"))
            .timeout(Duration.ofSeconds(15))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() == HttpURLConnection.HTTP_OK) {
        var state = StatusJson.read(answer.body()).state();
        judge.want(ticket.get(), state == State.CANCELLED ? Wanted.CANCELLED : Wanted.DONE);
      } else {
        log.did("unanswered", ticket.get() + " " + answer.statusCode());
      }
    } catch (IOException e) {
      log.did("unanswered", ticket.get() + " " + e);
    }
  }

  /** The same job again and again, as a stranger who does not hear whether it arrived. */
  private void publish(String nonce, int copies) throws Exception {
    var ticket = new Ticket("direct-" + nonce);
    var script = new InputFile.Inline(RunMacro.MAIN_SCRIPT, Macros.writing(nonce).getBytes(UTF_8));
    var message =
        new JobMessage(
            ticket,
            new RunMacro(RunMacro.MAIN_SCRIPT, "Main", List.of()),
            List.of(script),
            null,
            Instant.now(),
            JobMessage.Limits.DEFAULT,
            null);
    var confirmed = 0;
    for (var i = 0; i < copies && !pauses.isOver(); i++) {
      try (var stranger = new AmqpProbe(brokerUrl)) {
        stranger.publish(Pool.DEFAULT, JobJson.write(message), JobJson.TYPE, Map.of());
        confirmed++;
      } catch (Exception e) {
        log.did("unconfirmed", ticket + " " + e);
        pauses.between(random, 100, 1000);
      }
    }
    if (confirmed > 0) {
      judge.given(ticket, nonce, Wanted.DONE);
      log.did("published", ticket + " " + confirmed + " times");
    }
  }
}
