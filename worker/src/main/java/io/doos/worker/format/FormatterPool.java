package io.doos.worker.format;

import io.doos.common.life.Service;
import io.doos.worker.format.FormatterProgram.Compilers;
import io.doos.worker.office.JailedPrograms;
import io.doos.worker.office.OfficeFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Formatters, each for one document at a time and one tenant in its life. None is started before
 * the first document comes, but one where that is wanted; from then on they are kept warm, and one
 * that ended is replaced. Safe for use by any thread.
 */
public final class FormatterPool implements Service {

  private static final Logger log = LoggerFactory.getLogger(FormatterPool.class);

  /**
   * After so many documents a formatter is followed by one that compiles more: that costs five to
   * ten seconds of processor time, which a few hundred large documents or some thousand small ones
   * make good.
   */
  static final int USES_TO_PROVE = 500;

  /**
   * How many, and for how long.
   *
   * @param count how many documents are formatted at a time
   * @param maxUses how many documents one formats before it is replaced; 1 where nothing may be
   *     shared
   * @param heapBytes the most memory that one document gets
   * @param ahead whether the first is started before a document comes
   */
  public record Settings(int count, int maxUses, long heapBytes, boolean ahead) {

    public Settings {
      if (count < 1 || count > JailedPrograms.SLOTS || maxUses < 1) {
        throw new IllegalArgumentException("1 to " + JailedPrograms.SLOTS + " formatters");
      }
    }
  }

  /** A place for a formatter; what it holds is its borrower's while it is taken. */
  private static final class Slot {
    private final int index;
    private int generation;
    private boolean taken;
    private int uses;
    private Compilers compilers = Compilers.FIRST;
    private @Nullable String tenant;
    private @Nullable Formatter formatter;

    /** For onlookers, who need not wait; null where there is none. */
    private volatile @Nullable FormatterSnapshot seen;

    private Slot(int index) {
      this.index = index;
    }
  }

  private final Settings settings;
  private final JailedPrograms programs;
  private final FormatterProgram program;
  private final InstantSource clock;
  private final List<Slot> slots = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closed;

  private FormatterPool(
      Settings settings, JailedPrograms programs, FormatterProgram program, InstantSource clock) {
    this.settings = settings;
    this.programs = programs;
    this.program = program;
    this.clock = clock;
    for (int index = 0; index < settings.count(); index++) {
      slots.add(new Slot(index));
    }
  }

  /**
   * Finds out how formatters are jailed, and starts none.
   *
   * @param jail of offices, with a folder of our own
   */
  public static FormatterPool open(
      Settings settings, io.doos.worker.office.OfficeSettings jail, InstantSource clock)
      throws OfficeFailure, IOException, InterruptedException {
    var program =
        FormatterProgram.ofThisProcess(settings.heapBytes(), jail.folder().resolve("program"));
    return new FormatterPool(
        settings, JailedPrograms.open(jail, program.readable()), program, clock);
  }

  /** Returns at once; the formatter that is started ahead comes up meanwhile. */
  @Override
  public void start() {
    if (settings.ahead()) {
      var first = slots.getFirst();
      lock.lock();
      try {
        if (closed || first.taken || first.formatter != null) {
          return;
        }
        first.taken = true;
      } finally {
        lock.unlock();
      }
      Thread.ofVirtual().name("formatter-" + first.index).start(() -> replace(first));
    }
  }

  /**
   * Borrows a formatter.
   *
   * @throws OfficeFailure when none is free within {@code patience}, or none can be started
   */
  public FormatterLease lease(String tenant, Duration patience)
      throws OfficeFailure, InterruptedException {
    var slot = take(tenant, patience);
    var ready = false;
    try {
      if (slot.formatter != null && !isFit(slot, tenant)) {
        end(slot);
      }
      if (slot.formatter == null) {
        fill(slot);
      }
      slot.tenant = tenant;
      slot.uses++;
      slot.seen = Objects.requireNonNull(slot.seen).leased(tenant, slot.uses);
      ready = true;
      return new FormatterLease(Objects.requireNonNull(slot.formatter), () -> giveBack(slot));
    } finally {
      if (!ready) {
        free(slot);
      }
    }
  }

  /** Those that are there, in the order of their places. */
  public List<FormatterSnapshot> snapshot() {
    return slots.stream().map(slot -> slot.seen).filter(Objects::nonNull).toList();
  }

  private boolean isFit(Slot slot, String tenant) {
    return slot.formatter != null
        && slot.formatter.program().lives()
        && slot.uses < mostUses(slot)
        && (slot.tenant == null || slot.tenant.equals(tenant));
  }

  private int mostUses(Slot slot) {
    return switch (slot.compilers) {
      case FIRST -> Math.min(USES_TO_PROVE, settings.maxUses());
      case BOTH -> settings.maxUses();
    };
  }

  private Slot take(String tenant, Duration patience) throws OfficeFailure, InterruptedException {
    lock.lock();
    try {
      var nanos = patience.toNanos();
      while (true) {
        if (closed) {
          throw new OfficeFailure.Stopped();
        }
        var best = best(tenant);
        if (best.isPresent()) {
          best.get().taken = true;
          return best.get();
        }
        if (nanos <= 0) {
          throw new OfficeFailure.AllBusy(
              "No formatter became free within " + patience.toMillis() + " ms");
        }
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** One that is warm and fits, else a place for one, else one that must make room. */
  private Optional<Slot> best(String tenant) {
    var free = slots.stream().filter(slot -> !slot.taken).toList();
    return free.stream()
        .filter(slot -> isFit(slot, tenant))
        .findFirst()
        .or(() -> free.stream().filter(slot -> slot.formatter == null).findFirst())
        .or(() -> free.stream().findFirst());
  }

  /** Only for whoever has taken the slot. */
  private void fill(Slot slot) throws OfficeFailure, InterruptedException {
    var begin = System.nanoTime();
    slot.compilers = slot.uses >= USES_TO_PROVE ? Compilers.BOTH : Compilers.FIRST;
    slot.uses = 0;
    slot.tenant = null;
    slot.generation++;
    var starting =
        FormatterSnapshot.starting(
            JailedPrograms.name(slot.index, slot.generation),
            slot.index,
            slot.generation,
            clock.instant());
    slot.seen = starting;
    var started = programs.start(slot.index, slot.generation, program.commandLine(slot.compilers));
    try {
      slot.formatter = new Formatter(started);
    } catch (IOException e) {
      started.close();
      throw new OfficeFailure.NotStarted(started.name() + " ended while it was started", e);
    }
    slot.seen = starting.up(clock.instant());
    log.info(
        "{}: up after {} ms",
        started.name(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
  }

  private static void end(Slot slot) {
    if (slot.formatter != null) {
      slot.formatter.close();
      slot.formatter = null;
    }
    slot.seen = null;
  }

  /** One that cannot go on is replaced before anybody asks for it. */
  private void giveBack(Slot slot) {
    if (isFit(slot, slot.tenant == null ? "" : slot.tenant)) {
      free(slot);
    } else {
      Thread.ofVirtual().name("formatter-" + slot.index).start(() -> replace(slot));
    }
  }

  private void replace(Slot slot) {
    try {
      end(slot);
      if (!isClosed()) {
        fill(slot);
      }
    } catch (OfficeFailure e) {
      log.warn("A formatter could not be started: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      free(slot);
    }
  }

  private void free(Slot slot) {
    lock.lock();
    try {
      slot.taken = false;
      if (closed || slot.formatter == null) {
        end(slot);
      } else {
        slot.seen = Objects.requireNonNull(slot.seen).free();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Ends those that are idle; whoever has borrowed one ends it by giving it back. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      slots.stream().filter(slot -> !slot.taken).forEach(FormatterPool::end);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    programs.close();
  }
}
