package io.doos.worker.office;

import com.sun.star.uno.XComponentContext;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Offices without an office. */
final class FakeOffices implements OfficeSource {

  final List<FakeOffice> started = new CopyOnWriteArrayList<>();
  volatile boolean broken;
  volatile CountDownLatch gate = new CountDownLatch(0);

  @Override
  public FakeOffice start(int slot, int generation) throws OfficeFailure, InterruptedException {
    gate.await();
    if (broken) {
      throw new OfficeFailure.NotStarted("broken");
    }
    var office = new FakeOffice("office-" + slot + "." + generation);
    started.add(office);
    return office;
  }

  long alive() {
    return started.stream().filter(FakeOffice::alive).count();
  }

  /** Counts what is done to it. */
  static final class FakeOffice implements LiveOffice {

    private final String name;
    private final CompletableFuture<Death> ended = new CompletableFuture<>();
    volatile boolean answers = true;
    volatile Optional<String> dirt = Optional.empty();
    volatile long memoryBytes = 1 << 20;
    volatile Duration cpuTime = Duration.ZERO;
    volatile long diskBytes;
    final AtomicInteger cleanings = new AtomicInteger();

    FakeOffice(String name) {
      this.name = name;
    }

    void crash() {
      ended.complete(Death.ITSELF);
    }

    boolean alive() {
      return !ended.isDone();
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String version() {
      return "0";
    }

    @Override
    public XComponentContext context() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel connect() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path jobFolder() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String jobFolderInside() {
      return "/job/";
    }

    @Override
    public String templateFolderInside() {
      return "/templates/";
    }

    @Override
    public void giveToOffice(Path path) {}

    @Override
    public void hurry() {}

    @Override
    public Duration cpuTime() {
      return cpuTime;
    }

    @Override
    public long memoryBytes() {
      return memoryBytes;
    }

    @Override
    public long diskBytes(long enough) {
      return diskBytes;
    }

    @Override
    public boolean endStrays() {
      return false;
    }

    @Override
    public void kill(Death why) {
      ended.complete(why);
    }

    @Override
    public Death death() {
      return ended.getNow(Death.NONE);
    }

    @Override
    public long pid() {
      return 1;
    }

    @Override
    public void onExit(Runnable listener) {
      var _ = ended.thenRunAsync(listener);
    }

    @Override
    public boolean lives() {
      return alive();
    }

    @Override
    public boolean answers() {
      return answers && alive();
    }

    @Override
    public void takeAsClean() {}

    @Override
    public Optional<String> closeDocuments() {
      return alive() ? Optional.empty() : Optional.of("dead");
    }

    @Override
    public Optional<String> restore() {
      cleanings.incrementAndGet();
      return alive() ? dirt : Optional.of("dead");
    }

    @Override
    public void close() {
      ended.complete(Death.RETIRED);
    }
  }
}
