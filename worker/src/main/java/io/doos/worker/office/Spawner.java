package io.doos.worker.office;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Starts processes, all from one thread that lives as long as it does: the kernel's parent-death
 * signal, with which a jail ends when its worker does, fires when the <em>thread</em> that started
 * a process ends. Closing it therefore kills every jail started by it. Safe from any thread.
 */
public final class Spawner implements AutoCloseable {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("office-spawner").daemon().factory());

  /**
   * Starts {@code command} with an empty environment, nothing on its standard input, and its
   * standard error merged into its standard output.
   *
   * @throws IOException when there is no such program, or we are closed
   */
  public Process start(List<String> command) throws IOException, InterruptedException {
    try {
      return thread
          .submit(() -> {
            var builder =
                new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
            builder.environment().clear();
            return builder.start();
          })
          .get();
    } catch (ExecutionException e) {
      throw new IOException("Cannot start " + command.getFirst() + ": " + e.getCause(), e);
    } catch (RejectedExecutionException e) {
      throw new IOException("Cannot start " + command.getFirst() + ": we are stopping", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
