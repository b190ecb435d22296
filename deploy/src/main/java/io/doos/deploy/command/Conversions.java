package io.doos.deploy.command;

import io.doos.common.job.Ticket;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.client.DocumentApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Has documents converted, several at a time, a job each. A farm that does not answer for a while
 * is asked again: a repeated request is the same job.
 */
final class Conversions {

  private static final int TRIES = 10;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final DocumentApi api;
  private final Map<String, String> fields;
  private final Path folder;

  /**
   * @param fields what is wanted, as {@code POST /v1/jobs} has it
   * @param folder where the files go
   */
  Conversions(DocumentApi api, Map<String, String> fields, Path folder) {
    this.api = api;
    this.fields = Map.copyOf(fields);
    this.folder = folder;
  }

  /**
   * Converts all documents.
   *
   * @param atOnce how many at a time
   * @param seen hears of each as soon as it is ready, on the caller's thread
   * @throws ClientFailure when the farm cannot be reached any more; the rest is left undone
   */
  List<Conversion> run(List<Path> documents, int atOnce, Consumer<Conversion> seen)
      throws ClientFailure, IOException, InterruptedException {
    Files.createDirectories(folder);
    var names = new ConversionNames(documents);
    var threads = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory());
    try {
      var ready = new ExecutorCompletionService<Conversion>(threads);
      documents.forEach(document -> ready.submit(() -> convert(document, names)));
      var all = new ArrayList<Conversion>();
      while (all.size() < documents.size()) {
        var next = ready.take().get();
        all.add(next);
        seen.accept(next);
      }
      return all;
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static IOException unwrapped(ExecutionException e)
      throws ClientFailure, InterruptedException {
    return switch (e.getCause()) {
      case ClientFailure failure -> throw failure;
      case InterruptedException interrupted -> throw interrupted;
      case IOException broken -> broken;
      case null, default -> throw new IllegalStateException(e);
    };
  }

  private Conversion convert(Path document, ConversionNames names)
      throws ClientFailure, IOException, InterruptedException {
    var key = UUID.randomUUID().toString();
    try {
      var ticket = patiently(() -> api.send(document, key, fields));
      var status = ended(ticket);
      return status.state() == State.DONE
          ? fetched(document, status, names)
          : failed(document, status);
    } catch (ClientFailure.Refused | ClientFailure.BadRequest | ClientFailure.UnknownTicket e) {
      return new Conversion.Failed(document, "", "REFUSED", String.valueOf(e.getMessage()));
    }
  }

  private Status ended(Ticket ticket) throws ClientFailure, IOException, InterruptedException {
    while (true) {
      var status = patiently(() -> api.await(ticket));
      if (status.state().isFinal()) {
        return status;
      }
    }
  }

  private Conversion fetched(Path document, Status status, ConversionNames names)
      throws ClientFailure, IOException, InterruptedException {
    var written = new ArrayList<ResultFiles.Written>();
    var result = status.result();
    var files =
        result == null ? List.<String>of() : result.files().stream().map(f -> f.name()).toList();
    for (var file : files) {
      var own = file.substring(file.lastIndexOf('/') + 1);
      var target = folder.resolve(files.size() == 1 ? names.of(document, own) : own);
      long bytes = patiently(() -> api.fetch(status.ticket(), file, target));
      written.add(new ResultFiles.Written(target, bytes));
    }
    return new Conversion.Converted(document, status.ticket().value(), written);
  }

  private static Conversion failed(Path document, Status status) {
    var error = status.error();
    return new Conversion.Failed(
        document,
        status.ticket().value(),
        error == null ? status.state().name() : error.code().name(),
        error == null ? "" : error.message());
  }

  private interface Request<T> {
    T send() throws ClientFailure, IOException, InterruptedException;
  }

  private static <T> T patiently(Request<T> request)
      throws ClientFailure, IOException, InterruptedException {
    for (var tries = 1; ; tries++) {
      try {
        return request.send();
      } catch (ClientFailure.Unreachable e) {
        if (tries == TRIES) {
          throw e;
        }
        pause();
      }
    }
  }

  /** Only an interrupt ends it early. */
  private static void pause() throws InterruptedException {
    if (new CountDownLatch(1).await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("nobody counts it down");
    }
  }
}
