package io.doos.common.queue;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Connection;
import io.doos.common.crew.WorkerState;
import io.doos.common.job.Pool;
import io.doos.common.status.State;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * The names of our exchanges and queues and what they are declared with: one set of arguments that
 * RabbitMQ 3.10 to 4.x and the embedded Qpid Broker-J take alike, each passing over what only the
 * other knows.
 *
 * @param pools whose queues are declared at every start and after every lost link
 */
public record Topology(Set<Pool> pools) {

  /** Direct exchange for those who publish jobs themselves, with the pool as routing key. */
  public static final String JOBS = "doos.jobs";

  /** Fanout exchange, and the queue behind it, for messages that nobody can use. */
  public static final String DEAD = "doos.dead";

  /** Topic exchange for news: {@code job.<state>} and {@code worker.<event>}. */
  public static final String EVENTS = "doos.events";

  /** Fanout exchange for hints and orders to all workers. */
  public static final String CONTROL = "doos.control";

  /** Header of a message in {@link #DEAD}: why it is there. */
  public static final String REASON_HEADER = "x-doos-reason";

  /** Header of a message that a janitor published again for a job that it found lost. */
  public static final String RECOVERED_HEADER = "x-doos-recovered";

  /**
   * A delivery limit that nothing reaches: attempts are counted in the store. RabbitMQ 4 limits to
   * 20 by itself, and 3.10 takes -1 for "drop at once".
   */
  private static final int DELIVERY_LIMIT = 1_000_000;

  /**
   * A quorum queue that is full refuses (a policy may set its length), where the default drops the
   * oldest. The last three are Qpid's words: for a dead-letter exchange, and for ten priorities,
   * which quorum queues have without a word (RabbitMQ 4) or not at all (3).
   */
  private static final Map<String, Object> JOB_QUEUE =
      Map.of(
          "x-queue-type",
          "quorum",
          "x-delivery-limit",
          DELIVERY_LIMIT,
          "x-overflow",
          "reject-publish",
          "x-dead-letter-exchange",
          DEAD,
          "x-dead-letter-strategy",
          "at-least-once",
          "alternateBinding",
          Map.of("destination", DEAD),
          "x-qpid-maximum-delivery-count",
          1,
          "x-qpid-priorities",
          10);

  private static final Map<String, Object> DEAD_QUEUE =
      Map.of("x-queue-type", "quorum", "x-delivery-limit", DELIVERY_LIMIT);

  private static final Map<String, Object> JOBS_EXCHANGE =
      Map.of("alternate-exchange", DEAD, "alternateBinding", Map.of("destination", DEAD));

  public Topology {
    pools = Set.copyOf(pools);
  }

  /** The queue that holds the jobs of {@code pool}. */
  public static String queueOf(Pool pool) {
    return JOBS + "." + pool.name();
  }

  /** The routing key of an event that tells of {@code state}. */
  static String eventKey(State state) {
    return "job." + state.name().toLowerCase(Locale.ROOT);
  }

  /** The routing key of news of a worker in {@code state}. */
  static String eventKey(WorkerState state) {
    return "worker." + state.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Declares everything; what exists with the same properties is left alone.
   *
   * @throws BrokerMisconfigured when something of our name has other properties, or the user may
   *     not use it
   * @throws IOException when the connection broke meanwhile
   */
  void declare(Connection connection, Mending mending)
      throws BrokerMisconfigured, IOException, TimeoutException {
    var channel = connection.createChannel();
    if (channel == null) {
      throw new IOException("the broker gives no channel");
    }
    var declaration = new Declaration(channel, mending);
    declaration.exchange(DEAD, BuiltinExchangeType.FANOUT, Map.of());
    declaration.queue(DEAD, DEAD_QUEUE);
    declaration.bind(DEAD, DEAD, "");
    declaration.exchange(JOBS, BuiltinExchangeType.DIRECT, JOBS_EXCHANGE);
    declaration.exchange(EVENTS, BuiltinExchangeType.TOPIC, Map.of());
    declaration.exchange(CONTROL, BuiltinExchangeType.FANOUT, Map.of());
    for (var pool : pools) {
      declare(declaration, pool);
    }
    declaration.requireRightToPublish();
    channel.close();
  }

  /** Declares the queue of one pool, bound for direct publishers. */
  static void declare(Declaration declaration, Pool pool) throws BrokerMisconfigured, IOException {
    declaration.queue(queueOf(pool), JOB_QUEUE);
    declaration.bind(queueOf(pool), JOBS, pool.name());
  }
}
