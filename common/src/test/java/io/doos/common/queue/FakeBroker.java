package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import io.doos.common.crew.WorkerNews;
import io.doos.common.crew.WorkerNewsJson;
import io.doos.common.crew.WorkerOrder;
import io.doos.common.crew.WorkerOrderJson;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.ledger.Arrival;
import io.doos.common.ledger.JobRecord;
import io.doos.common.status.Status;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A broker in memory that keeps the promises of the four seams, and breaks them when a test asks
 * for it. Messages pass through their wire form, so that what would not survive the wire does not
 * survive here. Safe for use by any thread; each operation takes effect at one moment.
 */
public final class FakeBroker implements Broker {

  private final InstantSource clock;
  private final Map<Pool, Deque<Message>> queues = new HashMap<>();
  private final List<FakeSubscription> subscriptions = new ArrayList<>();
  private final List<BiConsumer<Status, JobFacts>> statusListeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<Ticket>> ticketListeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<WorkerNews>> newsListeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<WorkerOrder>> orderListeners = new CopyOnWriteArrayList<>();
  private final List<Parked> parked = new CopyOnWriteArrayList<>();
  private final List<Status> events = new CopyOnWriteArrayList<>();
  private final List<Reply> replies = new CopyOnWriteArrayList<>();
  private boolean isDown;
  private int refusals;

  /** A message in {@code doos.dead}. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  public record Parked(Pool pool, byte[] body, String reason) {}

  /** A final status as it went to the queue that the publisher named. */
  public record Reply(String replyTo, @Nullable String correlationId, Status status) {}

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Message(AMQP.BasicProperties properties, byte[] body, boolean isRedelivered) {
    Message again() {
      return new Message(properties, body, true);
    }
  }

  /** A broker that knows {@code pools}; taking from another pool makes it known too. */
  public FakeBroker(InstantSource clock, Pool... pools) {
    this.clock = clock;
    for (var pool : pools) {
      queues.put(pool, new ArrayDeque<>());
    }
  }

  // what tests do to it

  /** Loses every channel, and takes and gives nothing until {@link #comeUp}; messages stay. */
  public void goDown() {
    synchronized (this) {
      isDown = true;
    }
    loseChannels();
  }

  /** Is there again; subscriptions resume. */
  public void comeUp() {
    synchronized (this) {
      isDown = false;
    }
    pump();
  }

  /** Refuses the next {@code count} jobs, as a full queue does. */
  public synchronized void refuseNext(int count) {
    refusals = count;
  }

  /** Loses the channel of every subscription: what was not ended is delivered again. */
  public void loseChannels() {
    List<FakeDelivery> lost = new ArrayList<>();
    synchronized (this) {
      for (var subscription : subscriptions) {
        lost.addAll(subscription.loseChannel());
      }
    }
    lost.forEach(FakeDelivery::markLost);
    pump();
  }

  /** Puts any bytes into a pool's queue, as a direct publisher could. */
  public void publishRaw(
      Pool pool, byte[] body, @Nullable String type, Map<String, Object> headers) {
    var properties = new AMQP.BasicProperties.Builder().type(type).headers(headers).build();
    synchronized (this) {
      queueOf(pool).add(new Message(properties, body, false));
    }
    pump();
  }

  /** Throws away what waits in a pool's queue. */
  public synchronized void purge(Pool pool) {
    queueOf(pool).clear();
  }

  /** How many messages wait in a pool's queue. */
  public synchronized int ready(Pool pool) {
    return queueOf(pool).size();
  }

  /** How many deliveries are handed out and not ended. */
  public synchronized int unended() {
    return subscriptions.stream().mapToInt(subscription -> subscription.unended.size()).sum();
  }

  /** What is in {@code doos.dead}, oldest first. */
  public List<Parked> parked() {
    return List.copyOf(parked);
  }

  /** All events so far. */
  public List<Status> publishedEvents() {
    return List.copyOf(events);
  }

  /** All replies so far. */
  public List<Reply> replies() {
    return List.copyOf(replies);
  }

  // the seams

  @Override
  public JobPublisher jobs() {
    return this::publish;
  }

  @Override
  public Deliveries deliveries() {
    return (pool, limit, _, taker) -> {
      var subscription = new FakeSubscription(pool, limit, taker);
      synchronized (this) {
        queueOf(pool);
        subscriptions.add(subscription);
      }
      pump();
      return subscription;
    };
  }

  @Override
  public Events events() {
    return new FakeEvents();
  }

  @Override
  public Control control() {
    return new FakeControl();
  }

  @Override
  public Queues queues() {
    return pool -> {
      synchronized (this) {
        requireUp();
        if (!queues.containsKey(pool)) {
          throw new BrokerFailure.NoSuchPool(pool);
        }
        return ready(pool);
      }
    };
  }

  @Override
  public Workers workers() {
    return new FakeWorkers();
  }

  private void publish(JobRecord job) throws BrokerFailure {
    var body = RabbitJobPublisher.body(job);
    synchronized (this) {
      requireUp();
      if (!queues.containsKey(job.pool())) {
        throw new BrokerFailure.NoSuchPool(job.pool());
      }
      if (refusals > 0) {
        refusals--;
        throw new BrokerFailure.Refused("the fake broker was told to refuse");
      }
      queueOf(job.pool()).add(new Message(RabbitJobPublisher.properties(job), body, false));
    }
    pump();
  }

  private synchronized void requireUp() throws BrokerFailure {
    if (isDown) {
      throw new BrokerFailure.Unavailable("the fake broker is down", null);
    }
  }

  private Deque<Message> queueOf(Pool pool) {
    return queues.computeIfAbsent(pool, _ -> new ArrayDeque<>());
  }

  private void pump() {
    List<FakeDelivery> ready = new ArrayList<>();
    synchronized (this) {
      if (isDown) {
        return;
      }
      for (var subscription : subscriptions) {
        var queue = queueOf(subscription.pool);
        while (subscription.wantsMore() && !queue.isEmpty()) {
          ready.add(subscription.accept(queue.poll()));
        }
      }
    }
    ready.forEach(FakeDelivery::hand);
  }

  private final class FakeSubscription implements Deliveries.Subscription {
    private final Pool pool;
    private final int limit;
    private final Consumer<Delivery> taker;
    private final List<FakeDelivery> unended = new ArrayList<>();
    private boolean isStopped;

    FakeSubscription(Pool pool, int limit, Consumer<Delivery> taker) {
      this.pool = pool;
      this.limit = limit;
      this.taker = taker;
    }

    private boolean wantsMore() {
      return !isStopped && unended.size() < limit;
    }

    private FakeDelivery accept(Message message) {
      var delivery = new FakeDelivery(this, message);
      unended.add(delivery);
      return delivery;
    }

    private List<FakeDelivery> loseChannel() {
      var lost = List.copyOf(unended);
      unended.clear();
      for (var delivery : lost.reversed()) {
        delivery.isLost = true;
        queueOf(pool).addFirst(delivery.message.again());
      }
      return lost;
    }

    @Override
    public void stop() {
      synchronized (FakeBroker.this) {
        isStopped = true;
      }
    }

    @Override
    public void close() {
      List<FakeDelivery> lost;
      synchronized (FakeBroker.this) {
        isStopped = true;
        lost = loseChannel();
        subscriptions.remove(this);
      }
      lost.forEach(FakeDelivery::markLost);
      pump();
    }
  }

  private final class FakeDelivery implements Delivery {
    private final FakeSubscription subscription;
    private final Message message;
    private final IncomingJob incoming;
    private final List<Runnable> whenLost = new ArrayList<>();
    private boolean isLost;

    FakeDelivery(FakeSubscription subscription, Message message) {
      this.subscription = subscription;
      this.message = message;
      this.incoming =
          new IncomingJob(
              subscription.pool,
              message.properties(),
              message.body(),
              message.isRedelivered(),
              clock.instant());
    }

    private void hand() {
      Thread.ofVirtual()
          .start(() -> {
            try {
              subscription.taker.accept(this);
            } catch (RuntimeException | Error e) {
              requeue();
            }
          });
    }

    private boolean end() {
      synchronized (FakeBroker.this) {
        return subscription.unended.remove(this);
      }
    }

    private void markLost() {
      List<Runnable> actions;
      synchronized (FakeBroker.this) {
        actions = List.copyOf(whenLost);
        whenLost.clear();
      }
      actions.forEach(Runnable::run);
    }

    @Override
    public Pool pool() {
      return subscription.pool;
    }

    @Override
    public JobRecord job() throws io.doos.common.job.BadJobException {
      return incoming.understood();
    }

    @Override
    public @Nullable String replyTo() {
      return incoming.properties().getReplyTo();
    }

    @Override
    public @Nullable String correlationId() {
      return incoming.properties().getCorrelationId();
    }

    @Override
    public Arrival arrival() {
      return incoming.arrival();
    }

    @Override
    public void ack() {
      if (end()) {
        pump();
      }
    }

    @Override
    public void requeue() {
      synchronized (FakeBroker.this) {
        if (!end()) {
          return;
        }
        queueOf(pool()).addFirst(message.again());
      }
      pump();
    }

    @Override
    public void park(String reason) throws BrokerFailure {
      requireUp();
      if (end()) {
        parked.add(new Parked(pool(), message.body(), reason));
        pump();
      }
    }

    @Override
    public boolean isLost() {
      synchronized (FakeBroker.this) {
        return isLost;
      }
    }

    @Override
    public void onLost(Runnable action) {
      synchronized (FakeBroker.this) {
        if (!isLost) {
          whenLost.add(action);
          return;
        }
      }
      action.run();
    }
  }

  private final class FakeEvents implements Events {
    @Override
    public void publish(Status status, JobFacts facts) {
      synchronized (FakeBroker.this) {
        if (isDown) {
          return;
        }
      }
      events.add(status);
      statusListeners.forEach(listener -> listener.accept(status, facts));
    }

    @Override
    public void reply(String replyTo, @Nullable String correlationId, Status status)
        throws BrokerFailure {
      requireUp();
      replies.add(new Reply(replyTo, correlationId, status));
    }

    @Override
    public AutoCloseable subscribe(BiConsumer<Status, JobFacts> listener) {
      statusListeners.add(listener);
      return () -> statusListeners.remove(listener);
    }
  }

  private final class FakeControl implements Control {
    @Override
    public void publishWithdrawn(Ticket ticket) {
      synchronized (FakeBroker.this) {
        if (isDown) {
          return;
        }
      }
      ticketListeners.forEach(listener -> listener.accept(ticket));
    }

    @Override
    public AutoCloseable subscribe(Consumer<Ticket> listener) {
      ticketListeners.add(listener);
      return () -> ticketListeners.remove(listener);
    }
  }

  @Override
  public DeadLetters deadLetters() {
    return new FakeDeadLetters();
  }

  private final class FakeDeadLetters implements DeadLetters {
    @Override
    public long count() throws BrokerFailure {
      requireUp();
      return parked.size();
    }

    @Override
    public Look look(int most) throws BrokerFailure {
      requireUp();
      var first = parked.stream().limit(most).map(this::letter).toList();
      return new Look(parked.size(), first);
    }

    private DeadLetter letter(Parked one) {
      return new DeadLetter(id(one), one.reason(), Optional.of(one.pool()), null, one.body());
    }

    private String id(Parked one) {
      return Integer.toHexString(Arrays.hashCode(one.body())) + one.reason().hashCode();
    }

    @Override
    public boolean requeue(String id, Pool pool) throws BrokerFailure {
      requireUp();
      synchronized (FakeBroker.this) {
        if (!queues.containsKey(pool)) {
          throw new BrokerFailure.NoSuchPool(pool);
        }
      }
      var found = take(id);
      found.ifPresent(one -> publishRaw(pool, one.body(), null, Map.of()));
      return found.isPresent();
    }

    @Override
    public boolean remove(String id) throws BrokerFailure {
      requireUp();
      return take(id).isPresent();
    }

    private Optional<Parked> take(String id) {
      var found = parked.stream().filter(one -> id(one).equals(id)).findFirst();
      found.ifPresent(parked::remove);
      return found;
    }
  }

  private final class FakeWorkers implements Workers {
    @Override
    public void tell(WorkerNews news) {
      synchronized (FakeBroker.this) {
        if (isDown) {
          return;
        }
      }
      var body = WorkerNewsJson.write(news);
      newsListeners.forEach(
          listener -> listener.accept(asOnTheWire(() -> WorkerNewsJson.read(body))));
    }

    @Override
    public AutoCloseable hear(Consumer<WorkerNews> listener) {
      newsListeners.add(listener);
      return () -> newsListeners.remove(listener);
    }

    @Override
    public void order(WorkerOrder order) throws BrokerFailure {
      requireUp();
      var body = WorkerOrderJson.write(order);
      orderListeners.forEach(
          listener -> listener.accept(asOnTheWire(() -> WorkerOrderJson.read(body))));
    }

    @Override
    public AutoCloseable obey(Consumer<WorkerOrder> listener) {
      orderListeners.add(listener);
      return () -> orderListeners.remove(listener);
    }

    private static <T> T asOnTheWire(Callable<T> reading) {
      try {
        return reading.call();
      } catch (Exception e) {
        throw new AssertionError("what we write we can read", e);
      }
    }
  }
}
