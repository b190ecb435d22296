package io.doos.gateway.results;

import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobLedger;
import io.doos.common.queue.Control;
import io.doos.common.status.Result;
import io.doos.common.status.Status;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.ObjectStore.OpenObject;
import io.doos.common.store.StoreFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a job. Keeps nothing: every answer comes from the store. Safe for use by any
 * number of threads.
 */
public final class Results {

  private static final int PIECE_BYTES = 32 * 1024;

  private final JobLedger ledger;
  private final ObjectStore store;
  private final Control control;

  public Results(JobLedger ledger, ObjectStore store, Control control) {
    this.ledger = ledger;
    this.store = store;
    this.control = control;
  }

  /** How the job is doing; empty when there is no such job, or no more. */
  public Optional<Status> status(Ticket ticket) throws StoreFailure {
    return ledger.read(ticket);
  }

  /**
   * Writes a result to {@code target} and checks its size and SHA-256 on the way. After an
   * exception nothing that was written may be used, so {@code target} is a spool.
   *
   * @return false when the result is not there, because the job was deleted meanwhile
   * @throws StoreFailure also when what the store has is not what the job left
   * @throws IOException when {@code target} failed
   */
  public boolean copy(Result result, OutputStream target) throws StoreFailure, IOException {
    var found = store.open(result.object());
    if (found.isEmpty()) {
      return false;
    }
    try (var object = found.get()) {
      copy(object, result, target);
    }
    return true;
  }

  /**
   * Deletes a job with everything of it; one that waits will not start, one that runs is stopped.
   * Nothing happens when there is none.
   */
  public void delete(Ticket ticket) throws StoreFailure {
    if (ledger.delete(ticket)) {
      control.publishWithdrawn(ticket);
    }
  }

  private static void copy(OpenObject object, Result result, OutputStream target)
      throws StoreFailure, IOException {
    var sha256 = sha256();
    var piece = new byte[PIECE_BYTES];
    var bytes = 0L;
    for (int count; (count = read(object, result, piece)) >= 0; ) {
      bytes += count;
      if (bytes > result.bytes()) {
        break;
      }
      sha256.update(piece, 0, count);
      target.write(piece, 0, count);
    }
    if (bytes != result.bytes()) {
      throw damaged(result, "does not have the " + result.bytes() + " bytes that it should", null);
    }
    if (!HexFormat.of().formatHex(sha256.digest()).equals(result.sha256())) {
      throw damaged(result, "is not what its SHA-256 says", null);
    }
  }

  private static int read(OpenObject object, Result result, byte[] piece) throws StoreFailure {
    try {
      return object.content().read(piece);
    } catch (IOException e) {
      throw damaged(result, "broke off", e);
    }
  }

  private static StoreFailure damaged(Result result, String how, @Nullable Throwable cause) {
    return new StoreFailure.Unavailable("the result " + result.object() + " " + how, cause);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
