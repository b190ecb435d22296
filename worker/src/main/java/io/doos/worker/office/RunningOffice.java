package io.doos.worker.office;

import com.sun.star.uno.XComponentContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real office: its processes, its cell, and the bridge to it. */
final class RunningOffice implements LiveOffice {

  private static final Logger log = LoggerFactory.getLogger(RunningOffice.class);

  private final OfficeInstallation installation;
  private final Jail jail;
  private final Cell cell;
  private final OfficeProcess process;
  private final UnoLink link;
  private final AtomicReference<Death> death = new AtomicReference<>(Death.NONE);

  RunningOffice(
      OfficeInstallation installation, Jail jail, Cell cell, OfficeProcess process, UnoLink link) {
    this.installation = installation;
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
    if (cell.owner().foreign()) {
      FolderTree.give(path, cell.owner());
    }
  }

  @Override
  public Duration cpuTime() {
    return process.tree().cpuTime();
  }

  @Override
  public long memoryBytes() {
    return process.tree().residentBytes();
  }

  @Override
  public void kill(Death why) {
    if (why == Death.NONE || why == Death.ITSELF) {
      throw new IllegalArgumentException(why + " is no reason to kill");
    }
    if (process.alive() && death.compareAndSet(Death.NONE, why)) {
      log.info("{}: killed: {}", name(), why);
    }
    process.kill();
  }

  boolean awaitExit(Duration patience) throws InterruptedException {
    return process.awaitExit(patience);
  }

  @Override
  public Death death() {
    return death.get();
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void onExit(Runnable listener) {
    var _ = process.onExit().thenRun(listener);
  }

  @Override
  public boolean answers() {
    try {
      return link.context().getServiceManager() != null;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public void takeAsClean() throws Exception {}

  @Override
  public Optional<String> clean() {
    return Optional.empty();
  }

  @Override
  public void close() {
    death.compareAndSet(Death.NONE, Death.RETIRED);
    process.kill();
    link.close();
    try {
      FolderTree.delete(cell.root());
    } catch (IOException e) {
      log.warn("{}: its folder {} cannot be deleted: {}", name(), cell.root(), e.toString());
    }
  }
}
