package io.doos.common.ledger;

import io.doos.common.job.Ticket;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Fields;
import io.doos.common.json.Json;
import io.doos.common.status.Status;
import io.doos.common.status.StatusJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What {@code status.json} says: a job's final status for good, or that the job was deleted. */
sealed interface Verdict {

  byte[] toJson();

  /**
   * The final status, with the job in it.
   *
   * @param job null where the job's message could not be read
   * @param id unique among all commits: tells one's own commit from another's
   */
  record Final(String id, Status status, @Nullable JobRecord job) implements Verdict {
    @Override
    public byte[] toJson() {
      var tree = StatusJson.toTree(status).put("commit", id);
      if (job != null) {
        tree.set("job", JobRecordJson.toTree(job));
      }
      return Json.bytes(tree);
    }
  }

  /**
   * The job is no more; kept so that a late message for it is recognized.
   *
   * @param keepUntil after this no message for it is expected any more
   */
  record Tombstone(Ticket ticket, Instant deletedAt, Instant keepUntil) implements Verdict {
    private static final String STATE = "DELETED";

    /** What is larger is none, which a listing tells without a read. */
    static final int MAX_BYTES = 256;

    @Override
    public byte[] toJson() {
      return Json.bytes(
          Json.object()
              .put("ticket", ticket.value())
              .put("state", STATE)
              .put("deletedAt", deletedAt.toString())
              .put("keepUntil", keepUntil.toString()));
    }
  }

  static Verdict fromFields(Fields fields) throws BadJsonException {
    if (fields.text("state").equals(Tombstone.STATE)) {
      return new Tombstone(
          new Ticket(fields.text("ticket")),
          fields.instant("deletedAt"),
          fields.instant("keepUntil"));
    }
    var job = fields.optionalObject("job");
    return new Final(
        fields.text("commit"),
        StatusJson.fromFields(fields),
        job.isPresent() ? JobRecordJson.fromFields(job.get()) : null);
  }
}
