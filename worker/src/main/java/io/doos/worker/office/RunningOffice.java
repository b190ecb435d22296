package io.doos.worker.office;

import com.sun.star.uno.XComponentContext;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** A real office: its processes, its cell, and the bridge to it. */
final class RunningOffice implements LiveOffice {

  private static final Logger log = LoggerFactory.getLogger(RunningOffice.class);

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);
  private static final int MOST_LOOKS = 20;

  /** On a busy machine what has nothing left to do waits its turn to find that out. */
  private static final int MOST_LOOKS_AT_WORK = 100;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private final OfficeInstallation installation;
  private final WindowNames windowNames;
  private final Jail jail;
  private final Cell cell;
  private final OfficeProcess process;
  private final UnoLink link;
  private final AtomicReference<Death> death = new AtomicReference<>(Death.NONE);
  private volatile @Nullable Tidying tidying;
  private volatile @Nullable CleanCell cleanCell;
  private volatile int ownProcesses;

  RunningOffice(
      OfficeInstallation installation,
      WindowNames windowNames,
      Jail jail,
      Cell cell,
      OfficeProcess process,
      UnoLink link) {
    this.installation = installation;
    this.windowNames = windowNames;
    this.jail = jail;
    this.cell = cell;
    this.process = process;
    this.link = link;
  }

  @Override
  public String name() {
    return cell.name();
  }

  @Override
  public String version() {
    return installation.version();
  }

  @Override
  public XComponentContext context() {
    return link.context();
  }

  @Override
  public SocketChannel connect() throws IOException {
    return link.another();
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
  public String templateFolderInside() {
    return jail.view(cell).templates() + "/";
  }

  @Override
  public void giveToOffice(Path path) throws IOException {
    cell.give(path);
  }

  @Override
  public void hurry() {
    process.cpuShare().raise();
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
  public boolean endStrays() {
    for (var look = 0; look < MOST_LOOKS; look++) {
      if (process.all().pids().size() <= ownProcesses) {
        return false;
      }
      try { // one that has just ended is counted until it is reaped
        if (process.awaitExit(BETWEEN_LOOKS)) {
          return false;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    log.info("{}: its job left processes running", name());
    kill(Death.RETIRED);
    return true;
  }

  @Override
  public void kill(Death why) {
    if (why == Death.NONE || why == Death.ITSELF) {
      throw new IllegalArgumentException(why + " is no reason to kill");
    }
    if (process.alive() && death.compareAndSet(Death.NONE, why)) {
      log.atLevel(why == Death.RETIRED ? Level.DEBUG : Level.INFO)
          .log("{}: killed: {}", name(), why);
    }
    process.kill();
  }

  boolean awaitExit(Duration patience) throws InterruptedException {
    return process.awaitExit(patience);
  }

  @Override
  public Death death() {
    if (link.saidTooMuch()) {
      kill(Death.SAID_TOO_MUCH);
    } else if (link.ended() && death.get() == Death.NONE) {
      awaitEnd();
    }
    return death.get();
  }

  /** It has hung up, so it is ending: what it ends with tells why. */
  private void awaitEnd() {
    try {
      if (process.awaitExit(ENDS_WITHIN)) {
        autopsy();
      } else {
        death.compareAndSet(Death.NONE, Death.ITSELF);
        process.kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void autopsy() {
    if (death.get() != Death.NONE) {
      return;
    }
    try {
      if (death.compareAndSet(
          Death.NONE, process.ranOutOfMemory() ? Death.OUT_OF_MEMORY : Death.ITSELF)) {
        log.info("{}: ended with exit code {}", name(), process.exitCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void onExit(Runnable listener) {
    var _ =
        process
            .onExit()
            .thenRunAsync(() -> {
              autopsy();
              listener.run();
            });
  }

  @Override
  public boolean lives() {
    return !link.ended() && process.alive();
  }

  @Override
  public boolean answers() {
    try {
      var deeper = tidying;
      return link.context().getServiceManager() != null && (deeper == null || deeper.answers());
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public void takeAsClean() throws Exception {
    var fresh = new Tidying(link.context());
    fresh.flushConfiguration();
    tidying = fresh;
    cleanCell = new CleanCell(cell, windowNames);
    ownProcesses = process.all().pids().size();
  }

  @Override
  public Optional<String> closeDocuments() {
    try {
      return Objects.requireNonNull(tidying, "never taken as clean").closeAll();
    } catch (com.sun.star.uno.Exception | RuntimeException e) {
      return Optional.of(e.toString());
    }
  }

  @Override
  public Optional<String> restore() {
    try {
      Objects.requireNonNull(tidying, "never taken as clean").flushConfiguration();
      var changed = Objects.requireNonNull(cleanCell).restore();
      return changed.isPresent() ? changed : stillAtWork();
    } catch (IOException | RuntimeException e) {
      return Optional.of(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private Optional<String> stillAtWork() throws InterruptedException {
    var found = "";
    for (var look = 0; look < MOST_LOOKS_AT_WORK; look++) {
      var tree = process.all();
      var others = tree.pids().size() != ownProcesses; // one that has just ended is counted too
      if (!others && !tree.busy()) {
        return Optional.empty();
      }
      found = others ? "a process that its job started" : "it is still at work";
      if (process.awaitExit(BETWEEN_LOOKS)) {
        return Optional.of("it has ended");
      }
    }
    return Optional.of(found);
  }

  @Override
  public void close() {
    death.compareAndSet(Death.NONE, Death.RETIRED);
    process.kill();
    link.close();
    try {
      jail.afterwards(cell);
      FolderTree.delete(cell.root());
    } catch (IOException e) {
      log.warn("{}: its folder {} cannot be deleted: {}", name(), cell.root(), e.toString());
    }
  }
}
