package io.doos.common.crew;

import io.doos.common.job.Pool;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Json;
import java.util.Arrays;

/** The one JSON form of an order, such as <code>{"order":"PAUSE","pool":"default"}</code>. */
public final class WorkerOrderJson {

  /** The message type of an order. */
  public static final String TYPE = "doos.order.v1";

  private WorkerOrderJson() {}

  public static byte[] write(WorkerOrder order) {
    var tree = Json.object().put("order", order.what().name());
    return Json.bytes(
        switch (order.whom()) {
          case WorkerOrder.OneWorker(var name) -> tree.put("worker", name);
          case WorkerOrder.AllOf(var pool) -> tree.put("pool", pool.name());
        });
  }

  /**
   * Reads an order.
   *
   * @throws BadJsonException naming the field at fault; also when it is for nobody or for both
   */
  public static WorkerOrder read(byte[] json) throws BadJsonException {
    var fields = Json.fields(json);
    var text = fields.text("order");
    var what =
        Arrays.stream(WorkerOrder.What.values())
            .filter(known -> known.name().equals(text))
            .findFirst()
            .orElseThrow(
                () -> fields.wrong("order", "is '" + text + "', expected PAUSE, DRAIN or RESUME"));
    if (fields.has("worker") == fields.has("pool")) {
      throw fields.wrong("worker", "or else 'pool' says who is meant, one of them");
    }
    try {
      return new WorkerOrder(
          what,
          fields.has("worker")
              ? new WorkerOrder.OneWorker(fields.text("worker"))
              : new WorkerOrder.AllOf(new Pool(fields.text("pool"))));
    } catch (IllegalArgumentException e) {
      throw new BadJsonException("this is no order: " + e.getMessage());
    }
  }
}
