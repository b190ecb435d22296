package io.doos.worker.web;

import io.doos.common.format.SystemId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one job has fetched from the web, each reference once, and why it could not fetch others.
 * For one thread, which waits; a few others fetch.
 */
public final class WebReferences {

  private static final Logger log = LoggerFactory.getLogger(WebReferences.class);

  /** No more of one job, so that no server is overrun for a document. */
  private static final int AT_ONCE = 4;

  /** However many files a job may have: each is a request to somebody else's server. */
  private static final int MOST = 1_000;

  /** For all that a job ever fetches: it holds its place in the worker meanwhile. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final int LONGEST_REASON = 500;

  private final WebFetcher fetcher;
  private final Path folder;
  private final AtomicLong bytesLeft;
  private final Map<String, Path> files = new HashMap<>();
  private final Map<String, String> failed = new HashMap<>();
  private int filesLeft;
  private long nanosLeft = LONGEST.toNanos();

  /**
   * @param folder empty, out of every jail's sight; the caller deletes it
   * @param bytes most bytes of all files together
   * @param count most files
   */
  public WebReferences(WebFetcher fetcher, Path folder, long bytes, int count) {
    this.fetcher = fetcher;
    this.folder = folder;
    this.bytesLeft = new AtomicLong(bytes);
    this.filesLeft = Math.min(count, MOST);
  }

  /** Looks whether to go on. */
  public interface Look<E extends Exception> {
    void look() throws E;
  }

  private record Wanted(String reference, SystemId name, Path file) {}

  /** What was fetched, by reference. */
  public Map<String, Path> files() {
    return Map.copyOf(files);
  }

  /** Why others were not, to follow their names. */
  public Map<String, String> failed() {
    return Map.copyOf(failed);
  }

  /**
   * Fetches those of {@code references} that are new; all of them are known afterwards, one way or
   * the other.
   *
   * @param look every now and then, on this thread
   * @throws IOException when our own disk fails
   * @throws E when {@code look} does
   */
  public <E extends Exception> void fetch(List<SystemId> references, Look<E> look)
      throws E, IOException, InterruptedException {
    var queue = enqueue(references);
    var wanted = List.copyOf(queue);
    var reasons = new ConcurrentHashMap<String, String>();
    var got = new ConcurrentHashMap<String, Path>();
    var ended = new CountDownLatch(wanted.size());
    var begun = System.nanoTime();
    var until = begun + nanosLeft;
    try {
      for (int i = 0; nanosLeft > 0 && i < Math.min(AT_ONCE, wanted.size()); i++) {
        // of the platform's: asking for a host's name would hold up a virtual one's carrier
        Thread.ofPlatform()
            .daemon()
            .name("web-" + i)
            .start(() -> work(queue, until, got, reasons, ended));
      }
      while (System.nanoTime() < until
          && !ended.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        look.look();
      }
    } finally {
      queue.clear(); // what is under way ends by its own time
      nanosLeft -= System.nanoTime() - begun;
    }
    for (var one : wanted) {
      var file = got.get(one.reference());
      if (file != null) {
        files.put(one.reference(), file);
      } else {
        failed.put(one.reference(), reasons.getOrDefault(one.reference(), tooLate()));
      }
    }
    log.debug("{} of {} references were fetched", got.size(), wanted.size());
  }

  private static String tooLate() {
    return "was not fetched: all of its document may take " + LONGEST.toSeconds() + " s";
  }

  private Queue<Wanted> enqueue(List<SystemId> references) throws IOException {
    Files.createDirectories(folder);
    var queue = new ConcurrentLinkedQueue<Wanted>();
    for (var name : references) {
      var reference = name.toString();
      if (files.containsKey(reference) || failed.containsKey(reference)) {
        continue;
      }
      if (filesLeft == 0) {
        failed.put(
            reference,
            "was not fetched: a job fetches no more than %d, nor has more than job.max-input-files allows"
                .formatted(MOST));
      } else {
        filesLeft--;
        queue.add(new Wanted(reference, name, Files.createTempFile(folder, "", "")));
      }
    }
    return queue;
  }

  private void work(
      Queue<Wanted> queue,
      long until,
      ConcurrentMap<String, Path> got,
      ConcurrentMap<String, String> reasons,
      CountDownLatch ended) {
    for (var one = queue.poll(); one != null; one = queue.poll()) {
      try {
        var left = Duration.ofNanos(until - System.nanoTime());
        fetcher.fetch(one.name(), one.file(), bytesLeft, left);
        got.put(one.reference(), one.file());
      } catch (WebFetcher.NotFetched e) {
        reasons.put(one.reference(), reason(e));
      } catch (RuntimeException e) {
        log.error("Fetching a reference failed", e);
        reasons.put(one.reference(), "was not fetched: the worker failed at it");
      } finally {
        ended.countDown();
      }
    }
  }

  private static String reason(WebFetcher.NotFetched e) {
    var text = SystemId.withoutCredentials(String.valueOf(e.getMessage()));
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
  }
}
