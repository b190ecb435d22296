package io.doos.gateway.page;

import io.doos.common.http.HttpAnswer;
import io.doos.common.http.HttpRequest;
import io.doos.common.http.Problem;
import io.doos.common.job.Pool;
import io.doos.common.queue.BrokerFailure;
import io.doos.gateway.watch.FarmView;
import io.doos.gateway.watch.FarmWatch;
import java.io.IOException;

/** The dead messages: shown, put back, removed. */
final class DeadRoutes {

  private static final String PAGE = "/page/dead";

  private final FarmWatch watch;
  private final Actions actions;

  DeadRoutes(FarmWatch watch, Actions actions) {
    this.watch = watch;
    this.actions = actions;
  }

  HttpAnswer dead(HttpRequest request) throws Problem, InterruptedException {
    try {
      var look = watch.deadLetters().look(DeadPage.MOST_SHOWN);
      var pools = watch.view().pools().stream().map(FarmView.PoolView::pool).toList();
      return Frame.page(
          Frame.Place.DEAD,
          "Dead messages",
          Note.html(request.query("note")),
          new DeadPage(look, pools, actions).html());
    } catch (BrokerFailure e) {
      return Frame.message(
          503,
          "Dead messages",
          Html.of(
              "<p>The message broker cannot be asked now: {}.</p>",
              String.valueOf(e.getMessage())));
    }
  }

  HttpAnswer requeue(HttpRequest request) throws Problem, IOException, InterruptedException {
    var form = Form.of(request);
    actions.key().check(form.field("key"));
    var pool = pool(form.required("pool"));
    return done(() -> watch.deadLetters().requeue(request.variable("id"), pool), Note.REQUEUED);
  }

  HttpAnswer remove(HttpRequest request) throws Problem, IOException, InterruptedException {
    actions.key().check(Form.of(request).field("key"));
    return done(() -> watch.deadLetters().remove(request.variable("id")), Note.REMOVED);
  }

  private interface Deed {
    boolean isDone() throws BrokerFailure, InterruptedException;
  }

  private static HttpAnswer done(Deed deed, Note note) throws Problem, InterruptedException {
    try {
      return HttpAnswer.seeOther((deed.isDone() ? note : Note.GONE).on(PAGE));
    } catch (BrokerFailure.NoSuchPool e) {
      throw Problem.of(409, "No worker has ever served that pool.");
    } catch (BrokerFailure e) {
      throw Problem.of(503, "The message broker does not answer, try again later.");
    }
  }

  private static Pool pool(String name) throws Problem {
    try {
      return new Pool(name);
    } catch (IllegalArgumentException e) {
      throw Problem.of(400, "No pool is named so.");
    }
  }
}
