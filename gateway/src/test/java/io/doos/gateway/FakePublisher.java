package io.doos.gateway;

import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobRecord;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.Control;
import io.doos.common.queue.JobPublisher;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The gateway's side of a broker: remembers what was published, and fails when told to. */
public final class FakePublisher implements JobPublisher, Control {

  private final List<JobRecord> jobs = new CopyOnWriteArrayList<>();
  private final List<Ticket> withdrawn = new CopyOnWriteArrayList<>();
  private volatile @Nullable BrokerFailure failure;
  private volatile boolean interrupted;

  /** What was published, in order; also what was not confirmed. */
  public List<JobRecord> jobs() {
    return jobs;
  }

  /** Whose withdrawal was told, in order. */
  public List<Ticket> withdrawn() {
    return withdrawn;
  }

  /** From now on nothing is confirmed, for this reason; null mends it. */
  public void fail(@Nullable BrokerFailure why) {
    failure = why;
  }

  /** The next publish is interrupted. */
  public void interruptNext() {
    interrupted = true;
  }

  @Override
  public void publish(JobRecord job) throws BrokerFailure, InterruptedException {
    jobs.add(job);
    if (interrupted) {
      interrupted = false;
      throw new InterruptedException("as planned");
    }
    var planned = failure;
    if (planned != null) {
      throw planned;
    }
  }

  @Override
  public void publishWithdrawn(Ticket ticket) {
    withdrawn.add(ticket);
  }

  @Override
  public AutoCloseable subscribe(Consumer<Ticket> listener) {
    throw new UnsupportedOperationException("no gateway listens to withdrawals");
  }
}
