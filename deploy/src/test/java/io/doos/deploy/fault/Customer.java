package io.doos.deploy.fault;

import io.doos.common.job.Ticket;
import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.client.DoosClient;
import io.doos.deploy.client.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives jobs to the farm as a client does that has several gateways to go to, and tells the judge
 * of every ticket. Safe for use by any number of threads.
 */
public final class Customer {

  private final List<DoosClient> gateways;
  private final Judge judge;
  private final Path scratch;
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * @param scratch an existing folder for scripts
   */
  public Customer(List<DoosClient> gateways, Judge judge, Path scratch) {
    this.gateways = gateways;
    this.judge = judge;
    this.scratch = scratch;
  }

  /**
   * Gives a job to one of the gateways after the other, once to each at most.
   *
   * @param nonce what its result will hold
   * @return empty when none gave a ticket
   */
  public Optional<Ticket> offer(String macro, String nonce, Wanted wanted)
      throws IOException, InterruptedException {
    return offer(macro, nonce, wanted, Optional.empty());
  }

  private Optional<Ticket> offer(String macro, String nonce, Wanted wanted, Optional<String> pool)
      throws IOException, InterruptedException {
    var script = Macros.file(scratch, macro);
    var job = new Submission(script, List.of(), "Main", pool, Optional.empty(), Optional.empty());
    try {
      for (var i = 0; i < gateways.size(); i++) {
        var gateway = gateways.get(Math.floorMod(turn.getAndIncrement(), gateways.size()));
        try {
          var ticket = gateway.submit(job);
          judge.given(ticket, nonce, wanted);
          return Optional.of(ticket);
        } catch (ClientFailure e) {
          // on to the next
        }
      }
      return Optional.empty();
    } finally {
      Files.delete(script);
    }
  }

  /** Gives a job to a farm that must take it. */
  public Ticket submit(String macro, String nonce, Wanted wanted)
      throws IOException, InterruptedException {
    return offer(macro, nonce, wanted)
        .orElseThrow(() -> new AssertionError("no gateway took a job"));
  }

  /** Gives a job to a farm that must take it, for the workers of one pool. */
  public Ticket submitTo(String pool, String macro, String nonce, Wanted wanted)
      throws IOException, InterruptedException {
    return offer(macro, nonce, wanted, Optional.of(pool))
        .orElseThrow(() -> new AssertionError("no gateway took a job for pool " + pool));
  }
}
