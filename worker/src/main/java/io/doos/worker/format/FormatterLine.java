package io.doos.worker.format;

import io.doos.worker.office.OfficeFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slots that nobody has, and those who wait for one. Nobody is kept out while something is done
 * to a formatter that could take long. Safe for use by any thread.
 */
final class FormatterLine {

  private static final Logger log = LoggerFactory.getLogger(FormatterLine.class);

  private final ReentrantLock lock = new ReentrantLock();

  /** Those that nobody has taken, the last used first: its code is in the processor's caches. */
  private final List<FormatterSlot> free;

  /** Those who came first, first; nobody while a slot is free. */
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  private boolean closed;

  /** Somebody who waits. */
  private static final class Waiting {

    private final String tenant;
    private final Optional<Ahead> ahead;
    private final Condition changed;
    private @Nullable Place place;

    private Waiting(String tenant, Optional<Ahead> ahead, Condition changed) {
      this.tenant = tenant;
      this.ahead = ahead;
      this.changed = changed;
    }
  }

  /**
   * A slot that was taken.
   *
   * @param asked whether its formatter was asked for the taker's document already
   */
  record Place(FormatterSlot slot, boolean asked) {}

  FormatterLine(List<FormatterSlot> slots) {
    free = new ArrayList<>(slots);
  }

  /** Takes this slot if nobody has it and there is no formatter in it. */
  boolean takeEmpty(FormatterSlot slot) {
    lock.lock();
    try {
      return !closed && slot.isEmpty() && free.remove(slot);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the best of those that are free, or waits for one.
   *
   * @param ahead what to ask its formatter for as soon as it can be asked
   * @throws OfficeFailure when none is free within {@code patience}, or the line is closed
   */
  Place take(String tenant, Optional<Ahead> ahead, Duration patience)
      throws OfficeFailure, InterruptedException {
    lock.lock();
    try {
      if (closed) {
        throw new OfficeFailure.Stopped();
      }
      var best = best(tenant);
      if (best.isPresent()) {
        free.remove(best.get());
        return new Place(best.get(), false);
      }
      return await(new Waiting(tenant, ahead, lock.newCondition()), patience);
    } finally {
      lock.unlock();
    }
  }

  private Place await(Waiting me, Duration patience) throws OfficeFailure, InterruptedException {
    waiting.add(me);
    try {
      var nanos = patience.toNanos();
      while (me.place == null) {
        if (closed) {
          throw new OfficeFailure.Stopped();
        }
        if (nanos <= 0) {
          throw new OfficeFailure.AllBusy(
              "No formatter became free within " + patience.toMillis() + " ms");
        }
        nanos = me.changed.awaitNanos(nanos);
      }
      return me.place;
    } catch (InterruptedException e) {
      if (me.place == null) {
        throw e;
      }
      Thread.currentThread().interrupt();
      return me.place;
    } finally {
      waiting.remove(me);
    }
  }

  /** One that is warm and fits, else a place for one, else one that must make room. */
  private Optional<FormatterSlot> best(String tenant) {
    return free.stream()
        .filter(slot -> slot.isFit(tenant))
        .findFirst()
        .or(() -> free.stream().filter(FormatterSlot::isEmpty).findFirst())
        .or(() -> free.stream().findFirst());
  }

  /** Gives a slot to whoever came first, whose document its formatter is asked for at once. */
  void give(FormatterSlot slot) {
    lock.lock();
    try {
      if (!closed) {
        var next = waiting.poll();
        if (next == null) {
          slot.rest();
          free.addFirst(slot);
        } else {
          hand(slot, next);
        }
        return;
      }
    } finally {
      lock.unlock();
    }
    slot.end();
  }

  /** Whatever goes wrong with the asking, whoever waits gets the slot, and will meet it again. */
  private static void hand(FormatterSlot slot, Waiting next) {
    var isAsked = false;
    try {
      if (next.ahead.isPresent() && slot.isFit(next.tenant)) {
        isAsked = ask(slot, next.ahead.get());
      }
    } finally {
      next.place = new Place(slot, isAsked);
      next.changed.signal();
    }
  }

  private static boolean ask(FormatterSlot slot, Ahead ahead) {
    var formatter = slot.formatter();
    var isAsked = false;
    try {
      formatter.ask(ahead.request(formatter.program()));
      isAsked = true;
    } catch (IOException | RuntimeException e) {
      log.debug("{} could not be asked", formatter.program().name(), e);
    } finally {
      if (!isAsked) {
        slot.spoil();
      }
    }
    return isAsked;
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Ends those that nobody has; the others end when they are given back. */
  void close() {
    List<FormatterSlot> idle;
    lock.lock();
    try {
      closed = true;
      idle = List.copyOf(free);
      free.clear();
      waiting.forEach(one -> one.changed.signal());
    } finally {
      lock.unlock();
    }
    idle.forEach(FormatterSlot::end);
  }
}
