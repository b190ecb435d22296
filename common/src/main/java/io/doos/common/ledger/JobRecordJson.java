package io.doos.common.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.doos.common.job.JobJson;
import io.doos.common.job.Pool;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Fields;
import io.doos.common.json.Json;
import java.time.Instant;
import java.util.UUID;

/** The form of {@code job.json}, and of the job within {@code status.json}. */
final class JobRecordJson {

  private JobRecordJson() {}

  /** {@code job.json}: unique even for two jobs that are alike, so that its maker knows its own. */
  static byte[] reservation(JobRecord job) {
    return Json.bytes(toTree(job).put("reservation", UUID.randomUUID().toString()));
  }

  static ObjectNode toTree(JobRecord job) {
    var tree = Json.object();
    tree.set("message", JobJson.toTree(job.message()));
    tree.put("pool", job.pool().name());
    if (job.priority() != null) {
      tree.put("priority", job.priority());
    }
    if (job.replyTo() != null) {
      tree.put("replyTo", job.replyTo());
    }
    if (job.correlationId() != null) {
      tree.put("correlationId", job.correlationId());
    }
    var headers = tree.putObject("headers");
    job.headers().forEach(headers::put);
    return tree;
  }

  static JobRecord fromFields(Fields fields) throws BadJsonException {
    var priority = fields.optionalNumber("priority");
    return new JobRecord(
        JobJson.fromFields(fields.object("message"), Instant.EPOCH),
        new Pool(fields.text("pool")),
        priority.isPresent() ? priority.get().intValue() : null,
        fields.optionalText("replyTo").orElse(null),
        fields.optionalText("correlationId").orElse(null),
        fields.textMap("headers"));
  }
}
