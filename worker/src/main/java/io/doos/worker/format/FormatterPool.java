package io.doos.worker.format;

import io.doos.common.life.Service;
import io.doos.worker.office.JailedPrograms;
import io.doos.worker.office.OfficeFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * So many documents one may format in its life. That is long, because small ones are formatted at
   * full speed after some 30,000 only; its heap, whatever it may leave in it, has its own limit.
   */
  public static final int MOST_USES = 100_000;

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

  private final Settings settings;
  private final JailedPrograms programs;
  private final FormatterProgram program;
  private final InstantSource clock;
  private final List<FormatterSlot> slots = new ArrayList<>();
  private final FormatterLine line;

  private FormatterPool(
      Settings settings, JailedPrograms programs, FormatterProgram program, InstantSource clock) {
    this.settings = settings;
    this.programs = programs;
    this.program = program;
    this.clock = clock;
    for (int index = 0; index < settings.count(); index++) {
      slots.add(new FormatterSlot(index, settings.maxUses()));
    }
    line = new FormatterLine(slots);
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
    var first = slots.getFirst();
    if (settings.ahead() && line.takeEmpty(first)) {
      inBackground(first);
    }
  }

  /** Borrows a formatter for whatever it will be asked. */
  FormatterLease lease(String tenant, Duration patience)
      throws OfficeFailure, InterruptedException {
    return lease(tenant, patience, Optional.empty());
  }

  /**
   * Borrows a formatter for a document. It may be at work on it already when this returns.
   *
   * @throws OfficeFailure when none is free within {@code patience}, or none can be started
   */
  public FormatterLease lease(String tenant, Duration patience, FormatTask task)
      throws OfficeFailure, InterruptedException {
    return lease(tenant, patience, task.ahead());
  }

  /** Borrows a formatter that may be asked {@code ahead}. */
  FormatterLease lease(String tenant, Duration patience, Optional<Ahead> ahead)
      throws OfficeFailure, InterruptedException {
    var place = line.take(tenant, ahead, patience);
    var slot = place.slot();
    var ready = false;
    try {
      if (!place.asked() && !slot.isFit(tenant)) {
        slot.end();
        slot.fill(programs, program, clock);
      }
      var formatter = slot.lend(tenant);
      ready = true;
      return new FormatterLease(formatter, place.asked(), () -> giveBack(slot));
    } finally {
      if (!ready) {
        line.give(slot);
      }
    }
  }

  /** Those that are there, in the order of their places. */
  public List<FormatterSnapshot> snapshot() {
    return slots.stream().flatMap(slot -> slot.seen().stream()).toList();
  }

  /** One that cannot go on is replaced before anybody asks for it. */
  private void giveBack(FormatterSlot slot) {
    if (slot.canGoOn()) {
      line.give(slot);
    } else {
      inBackground(slot);
    }
  }

  private void inBackground(FormatterSlot slot) {
    Thread.ofVirtual().name("formatter-" + slot.index()).start(() -> replace(slot));
  }

  private void replace(FormatterSlot slot) {
    try {
      slot.end();
      if (!line.isClosed()) {
        slot.fill(programs, program, clock);
      }
    } catch (OfficeFailure e) {
      log.warn("A formatter could not be started: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      line.give(slot);
    }
  }

  /** Ends those that are idle; whoever has borrowed one ends it by giving it back. */
  @Override
  public void close() {
    line.close();
    programs.close();
  }
}
