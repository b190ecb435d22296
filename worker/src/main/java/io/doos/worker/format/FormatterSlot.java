package io.doos.worker.format;

import io.doos.worker.format.FormatterProgram.Compilers;
import io.doos.worker.office.JailedPrograms;
import io.doos.worker.office.OfficeFailure;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place for a formatter, and the formatter in it. Whoever has taken the slot has it alone; only
 * {@link #seen} is for any thread.
 */
final class FormatterSlot {

  private static final Logger log = LoggerFactory.getLogger(FormatterSlot.class);

  private final int index;
  private final int maxUses;
  private int generation;
  private int uses;
  private Compilers compilers = Compilers.FIRST;
  private @Nullable String tenant;
  private @Nullable Formatter formatter;
  private boolean isSpoilt;

  /** For onlookers, who need not wait; null where there is none. */
  private volatile @Nullable FormatterSnapshot seen;

  FormatterSlot(int index, int maxUses) {
    this.index = index;
    this.maxUses = maxUses;
  }

  int index() {
    return index;
  }

  boolean isEmpty() {
    return formatter == null;
  }

  /** Whether its formatter can have a document of {@code by} next. */
  boolean isFit(String by) {
    return formatter != null
        && !isSpoilt
        && formatter.program().lives()
        && uses < mostUses()
        && (tenant == null || tenant.equals(by));
  }

  /** Whether its formatter can have another document of the same tenant. */
  boolean canGoOn() {
    return isFit(tenant == null ? "" : tenant);
  }

  private int mostUses() {
    return switch (compilers) {
      case FIRST -> Math.min(FormatterPool.USES_TO_PROVE, maxUses);
      case BOTH -> maxUses;
    };
  }

  Optional<FormatterSnapshot> seen() {
    return Optional.ofNullable(seen);
  }

  /** Its formatter, for a document of {@code by}. */
  Formatter lend(String by) {
    tenant = by;
    uses++;
    seen = Objects.requireNonNull(seen).leased(by, uses);
    return formatter();
  }

  Formatter formatter() {
    return Objects.requireNonNull(formatter);
  }

  /** Says that its formatter, if there is one, has no document. */
  void rest() {
    seen = formatter == null ? null : Objects.requireNonNull(seen).free();
  }

  /** Says that its formatter must have no other document. */
  void spoil() {
    isSpoilt = true;
  }

  /** Starts a formatter; returns when it has warmed up. */
  void fill(JailedPrograms programs, FormatterProgram program, InstantSource clock)
      throws OfficeFailure, InterruptedException {
    var begin = System.nanoTime();
    compilers = uses >= FormatterPool.USES_TO_PROVE ? Compilers.BOTH : Compilers.FIRST;
    uses = 0;
    tenant = null;
    isSpoilt = false;
    generation++;
    var name = JailedPrograms.name(index, generation);
    var starting = FormatterSnapshot.starting(name, index, generation, clock.instant());
    seen = starting;
    var started = programs.start(index, generation, program.commandLine(compilers));
    try {
      formatter = new Formatter(started);
    } catch (IOException e) {
      started.close();
      throw new OfficeFailure.NotStarted(name + " ended while it was started", e);
    }
    seen = starting.up(clock.instant());
    log.info("{}: up after {} ms", name, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
  }

  void end() {
    if (formatter != null) {
      formatter.close();
      formatter = null;
    }
    seen = null;
  }
}
