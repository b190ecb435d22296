package io.doos.common.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Collects what a listener gets, for a test to wait for. */
public final class Inbox<T> implements Consumer<T> {

  private static final long PATIENCE_SECONDS = 60;

  private final LinkedBlockingQueue<T> arrived = new LinkedBlockingQueue<>();

  @Override
  public void accept(T value) {
    arrived.add(value);
  }

  /** Waits for the next one. */
  public T next() throws InterruptedException {
    var value = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (value == null) {
      throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
    }
    return value;
  }

  /** Waits for the next {@code count}. */
  public List<T> next(int count) throws InterruptedException {
    var values = new ArrayList<T>();
    while (values.size() < count) {
      values.add(next());
    }
    return values;
  }

  /** How many came that nobody has looked at. */
  public int size() {
    return arrived.size();
  }
}
