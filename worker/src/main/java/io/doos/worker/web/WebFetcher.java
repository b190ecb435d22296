package io.doos.worker.web;

import io.doos.common.format.SystemId;
import io.doos.common.web.CheckedHttp;
import io.doos.common.web.WebHosts;
import io.doos.common.web.WebOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fetches single files from the web, from hosts that are allowed and from nowhere else, wherever
 * names and redirects lead. Safe for use by any number of threads.
 */
public final class WebFetcher {

  /** Enough for a shortened link to a moved file on a host that wants TLS. */
  private static final int MOST_REDIRECTS = 5;

  private final Config config;
  private final Optional<CheckedHttp> http;

  /**
   * What the operator decides.
   *
   * @param hosts where files may come from
   * @param timeout for one file, with all redirects
   */
  public record Config(WebHosts hosts, Duration timeout) {}

  public WebFetcher(Config config) {
    this.config = config;
    this.http =
        config.hosts().isEmpty()
            ? Optional.empty() // setting up TLS costs a tenth of a second
            : Optional.of(new CheckedHttp(new Allowed(config.hosts()), config.timeout()));
  }

  /** A file is not to be had; the message says why, to follow its name. */
  static final class NotFetched extends IOException {
    NotFetched(String why) {
      super(why);
    }

    NotFetched(String why, IOException cause) {
      super(why, cause);
    }
  }

  /** Where files may come from. */
  public WebHosts hosts() {
    return config.hosts();
  }

  /**
   * Fetches one.
   *
   * @param file exists, and is written to
   * @param bytesLeft how much may still come; a file that has come is taken off
   * @param most how long it may take, if that is less than any file may
   * @throws NotFetched when it is not to be had
   */
  void fetch(SystemId reference, Path file, AtomicLong bytesLeft, Duration most) throws NotFetched {
    var patience = most.compareTo(config.timeout()) < 0 ? most : config.timeout();
    var until = System.nanoTime() + patience.toNanos();
    var next = Optional.of(reference);
    for (int calls = 0; next.isPresent(); calls++) {
      if (calls > MOST_REDIRECTS) {
        throw new NotFetched("is redirected more than " + MOST_REDIRECTS + " times");
      }
      next = call(next.get(), file, bytesLeft, until, patience);
    }
  }

  private Optional<SystemId> call(
      SystemId at, Path file, AtomicLong bytesLeft, long until, Duration patience)
      throws NotFetched {
    checkAllowed(at);
    var left = Duration.ofNanos(until - System.nanoTime());
    try {
      if (!left.isPositive()) {
        throw new InterruptedIOException("no time left");
      }
      return http.orElseThrow().get(at.uri(), left, answer -> take(answer, at, file, bytesLeft));
    } catch (NotFetched e) {
      throw e;
    } catch (InterruptedIOException e) {
      throw new NotFetched("did not come within " + patience.toMillis() + " ms", e);
    } catch (IOException e) {
      throw new NotFetched("could not be fetched: " + e.getMessage(), e);
    }
  }

  /** So that nobody is even asked for the name of a host that is not allowed. */
  private void checkAllowed(SystemId at) throws NotFetched {
    var called = WebOrigin.of(at.uri());
    if (called.filter(config.hosts()::covers).isEmpty()) {
      throw new NotFetched(
          "is redirected to "
              + called.map(WebOrigin::toString).orElse("what is not on the web")
              + ", which format.http-allow does not name");
    }
  }

  /** Where to go on, if it is not here. */
  private static Optional<SystemId> take(
      CheckedHttp.Answer answer, SystemId at, Path file, AtomicLong bytesLeft) throws IOException {
    var code = answer.code();
    if (code >= 200 && code < 300) {
      copy(answer.content(), file, bytesLeft);
      return Optional.empty();
    }
    return switch (code) {
      case 301, 302, 303, 307, 308 -> {
        var next = answer.header("Location").flatMap(at::resolve);
        if (next.isEmpty()) {
          throw new NotFetched("is redirected, and it is not said where to");
        }
        yield next;
      }
      default -> throw new NotFetched("was not given: the server answered " + code);
    };
  }

  private static void copy(InputStream from, Path file, AtomicLong bytesLeft) throws IOException {
    // not made anew: whoever gave up waiting has deleted it, and its folder
    try (var to = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var isWhole = false;
      try {
        long copied = 0;
        var buffer = new byte[16 * 1024];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
          copied += n;
          if (copied > bytesLeft.get()) {
            throw tooLarge();
          }
          write(to, ByteBuffer.wrap(buffer, 0, n));
        }
        // taken when it is whole: one that is too large takes nothing from those beside it
        if (bytesLeft.addAndGet(-copied) < 0) {
          bytesLeft.addAndGet(copied);
          throw tooLarge();
        }
        isWhole = true;
      } finally {
        if (!isWhole) {
          to.truncate(0);
        }
      }
    }
  }

  private static NotFetched tooLarge() {
    return new NotFetched("is too large: job.max-input does not allow more");
  }

  private static void write(FileChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private record Allowed(WebHosts hosts) implements CheckedHttp.Reach {
    @Override
    public boolean includes(WebOrigin called, InetAddress address) {
      return hosts.covers(called, address);
    }

    @Override
    public String whyNot() {
      return "has an address that is not public, for which format.http-allow has to name the host itself";
    }
  }
}
