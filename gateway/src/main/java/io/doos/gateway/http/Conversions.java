package io.doos.gateway.http;

import io.doos.common.http.HttpAnswer;
import io.doos.common.http.HttpRequest;
import io.doos.common.http.Problem;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.gateway.access.Caller;
import io.doos.gateway.intake.Submission;
import io.doos.gateway.intake.Submission.Extras;
import io.doos.gateway.intake.Submission.SpooledFile;
import io.doos.gateway.results.Following;
import io.doos.gateway.results.Results;
import io.doos.gateway.results.Unavailable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Conversions whose clients wait for them, as other servers offer them: ordinary jobs of the farm
 * all the same. A client that goes away, or has waited too long, has its job cancelled.
 */
final class Conversions {

  private static final Logger log = LoggerFactory.getLogger(Conversions.class);

  private final Submitting submitting;
  private final Following following;
  private final Results results;
  private final Outputs outputs;
  private final DoorLimits limits;

  Conversions(
      Submitting submitting,
      Following following,
      Results results,
      Outputs outputs,
      DoorLimits limits) {
    this.submitting = submitting;
    this.following = following;
    this.results = results;
    this.outputs = outputs;
    this.limits = limits;
  }

  /**
   * Converts files and answers with what came of them: the one file, or a zip of several.
   *
   * @param name what the answer is called, without its extension; empty for the document's own name
   * @throws IOException when the client is gone
   */
  HttpAnswer convert(
      Caller caller,
      HttpRequest request,
      Work.Convert work,
      List<SpooledFile> files,
      Optional<String> name)
      throws Problem, IOException, InterruptedException {
    var extras = new Extras(null, List.of(), null, null, null, null, Sender.carried(request));
    var pool = limits.conversionPool();
    var submission = new Submission(work, files, pool, null, null, null, extras);
    try (var own = following.own(caller)) {
      var ticket = submitting.take(submission, caller, own::begin).ticket();
      var result = awaited(ticket, own, caller, request);
      return answer(result, name).with("X-Doos-Ticket", ticket.value());
    }
  }

  private Result awaited(Ticket ticket, Following.Own own, Caller caller, HttpRequest request)
      throws Problem, IOException, InterruptedException {
    var status = Optional.<Status>empty();
    try {
      status = own.untilFinal(limits.conversion(), () -> !request.isClientGone());
    } catch (Unavailable e) {
      throw Answers.tryLater(e);
    } finally {
      if (status.isEmpty() || !status.get().state().isFinal()) {
        cancel(ticket, caller);
      }
    }
    if (request.isClientGone()) {
      throw new IOException("the client of job " + ticket + " is gone");
    }
    return result(status.orElseThrow(Answers::unknownTicket));
  }

  private Result result(Status status) throws Problem {
    if (!status.state().isFinal()) {
      throw Problem.of(
              503,
              "The conversion took longer than %s (setting http.conversion-timeout)."
                  .formatted(limits.conversion()))
          .with("Retry-After", "5");
    }
    if (status.error() != null) {
      throw Answers.failed(status.ticket(), status.error());
    }
    var result = status.result();
    if (status.state() != State.DONE || result == null || result.files().isEmpty()) {
      throw Problem.of(500, "The conversion left no file.");
    }
    return result;
  }

  private HttpAnswer answer(Result result, Optional<String> name) throws Problem {
    if (result.files().size() > 1) {
      return outputs.zip(result, name.orElse("documents") + ".zip");
    }
    var file = result.files().getFirst().name();
    var own = file.substring(file.lastIndexOf('/') + 1);
    return outputs.file(
        result, file, name.map(stem -> stem + own.substring(own.lastIndexOf('.'))).orElse(own));
  }

  private void cancel(Ticket ticket, Caller caller) {
    try {
      log.info("Job {} is cancelled: nobody waits for it any longer", ticket);
      results.cancel(ticket, caller);
    } catch (Unavailable e) {
      log.warn("Job {} could not be cancelled and runs for nobody: {}", ticket, e.why(), e);
    }
  }
}
