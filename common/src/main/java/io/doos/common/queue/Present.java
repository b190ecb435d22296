package io.doos.common.queue;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The present incarnation of something that comes and goes; whoever needs one takes it or waits for
 * the next. Safe for use by any thread.
 */
final class Present<T> {

  private CompletableFuture<T> incarnation = new CompletableFuture<>();

  /** The present one, completed, or else the next one. */
  synchronized CompletableFuture<T> incarnation() {
    return incarnation.copy();
  }

  /** The present one, or null. */
  synchronized @Nullable T now() {
    return incarnation.getNow(null);
  }

  /** It has come; takes the place of a former one. */
  synchronized void come(T value) {
    if (incarnation.isDone()) {
      incarnation = new CompletableFuture<>();
    }
    incarnation.complete(value);
  }

  /** It has gone, unless another one has taken its place already. */
  @SuppressWarnings("ReferenceEquality") // this one, not one like it
  synchronized void gone(T value) {
    if (incarnation.getNow(null) == value) {
      incarnation = new CompletableFuture<>();
    }
  }
}
