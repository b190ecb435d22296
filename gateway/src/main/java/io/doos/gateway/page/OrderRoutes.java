package io.doos.gateway.page;

import io.doos.common.crew.WorkerOrder;
import io.doos.common.http.HttpAnswer;
import io.doos.common.http.HttpRequest;
import io.doos.common.http.Problem;
import io.doos.common.job.Pool;
import io.doos.common.queue.BrokerFailure;
import io.doos.gateway.watch.FarmWatch;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** Orders to workers and pools. */
final class OrderRoutes {

  private final FarmWatch watch;
  private final PageKey key;

  OrderRoutes(FarmWatch watch, PageKey key) {
    this.watch = watch;
    this.key = key;
  }

  HttpAnswer order(HttpRequest request) throws Problem, IOException, InterruptedException {
    var form = Form.of(request);
    key.check(form.field("key"));
    var order = new WorkerOrder(what(form.required("order")), whom(form));
    try {
      watch.order(order);
    } catch (BrokerFailure e) {
      throw Problem.of(503, "The message broker does not answer, try again later.");
    }
    return HttpAnswer.seeOther(Note.valueOf(order.what().name()).on("/"));
  }

  private static WorkerOrder.What what(String word) throws Problem {
    return Arrays.stream(WorkerOrder.What.values())
        .filter(what -> what.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(() -> Problem.of(400, "An order is pause, drain or resume."));
  }

  private static WorkerOrder.Whom whom(Form form) throws Problem {
    var name = form.required("name");
    try {
      return switch (form.required("whom")) {
        case "workers" -> new WorkerOrder.OneWorker(name);
        case "pools" -> new WorkerOrder.AllOf(new Pool(name));
        default -> throw Problem.of(400, "Orders are for workers or for pools.");
      };
    } catch (IllegalArgumentException e) {
      throw Problem.of(400, "Nobody is named so: " + e.getMessage());
    }
  }
}
