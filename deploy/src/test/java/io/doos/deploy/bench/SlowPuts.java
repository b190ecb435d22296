package io.doos.deploy.bench;

import io.doos.deploy.fault.StoreFault;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** A store that makes one put after the other, each for a while, and answers all else at once. */
final class SlowPuts implements Function<String, StoreFault> {

  private final ReentrantLock disk = new ReentrantLock(true);
  private final long nanos;

  SlowPuts(int putsPerSecond) {
    this.nanos = Duration.ofSeconds(1).dividedBy(putsPerSecond).toNanos();
  }

  @Override
  public StoreFault apply(String request) {
    if (request.startsWith("PUT ")) {
      disk.lock();
      try {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
      } finally {
        disk.unlock();
      }
    }
    return StoreFault.NONE;
  }
}
