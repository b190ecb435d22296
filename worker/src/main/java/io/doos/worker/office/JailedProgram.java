package io.doos.worker.office;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running program other than an office, with the connection to it. Its end, however it comes,
 * ends the connection. Closing it ends the program and deletes its cell.
 */
public final class JailedProgram implements Inmate, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(JailedProgram.class);

  /** What a JVM ends with that was told to end for want of heap. */
  private static final int JVM_OUT_OF_MEMORY = 3;

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);

  private final Jail jail;
  private final Cell cell;
  private final OfficeProcess process;
  private final SocketChannel channel;
  private final AtomicReference<Office.Death> death = new AtomicReference<>(Office.Death.NONE);

  JailedProgram(Jail jail, Cell cell, OfficeProcess process, SocketChannel channel) {
    this.jail = jail;
    this.cell = cell;
    this.process = process;
    this.channel = channel;
  }

  /** The connection to it; for one thread at a time. */
  public SocketChannel channel() {
    return channel;
  }

  /** Whether its process runs. */
  public boolean lives() {
    return process.alive();
  }

  /** Deletes everything in its job folder. */
  public void emptyJobFolder() throws IOException {
    FolderTree.empty(cell.job(), Set.of());
  }

  /** Waits for its end by itself. */
  public boolean awaitExit(Duration patience) throws InterruptedException {
    return process.awaitExit(patience);
  }

  @Override
  public String name() {
    return cell.name();
  }

  @Override
  public Path jobFolder() {
    return cell.job();
  }

  @Override
  public String jobFolderInside() {
    return jail.view(cell).job() + "/";
  }

  @Override
  public void giveToOffice(Path path) throws IOException {
    cell.give(path);
  }

  @Override
  public Duration cpuTime() {
    return process.all().cpuTime();
  }

  @Override
  public long memoryBytes() {
    return process.all().residentBytes();
  }

  @Override
  public long diskBytes(long enough) {
    var files = DiskUse.of(cell, enough);
    return files > enough ? files : files + process.all().unlinkedBytes();
  }

  @Override
  public void kill(Office.Death why) {
    if (process.alive() && death.compareAndSet(Office.Death.NONE, why)) {
      log.info("{}: killed: {}", name(), why);
    }
    process.kill();
  }

  /** How it died; when its connection has ended, its process ends within a moment, or is ended. */
  @Override
  public Office.Death death() {
    try {
      if (process.alive() && !process.awaitExit(ENDS_WITHIN)) {
        return death.get();
      }
      if (death.get() == Office.Death.NONE) {
        var starved = process.exitCode() == JVM_OUT_OF_MEMORY || process.ranOutOfMemory();
        death.compareAndSet(
            Office.Death.NONE, starved ? Office.Death.OUT_OF_MEMORY : Office.Death.ITSELF);
        log.info("{}: ended with exit code {}", name(), process.exitCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return death.get();
  }

  @Override
  public void close() {
    death.compareAndSet(Office.Death.NONE, Office.Death.RETIRED);
    process.kill();
    try {
      channel.close();
      jail.afterwards(cell);
      FolderTree.delete(cell.root());
    } catch (IOException e) {
      log.warn("{}: its folder {} cannot be deleted: {}", name(), cell.root(), e.toString());
    }
  }
}
