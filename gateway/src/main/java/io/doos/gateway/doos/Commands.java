package io.doos.gateway.doos;

import io.doos.common.config.TerminateFrom;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.gateway.access.Access;
import io.doos.gateway.access.Admission;
import io.doos.gateway.access.Caller;
import io.doos.gateway.access.Credentials;
import io.doos.gateway.access.Role;
import io.doos.gateway.doos.Request.SentFile;
import io.doos.gateway.intake.Door;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.intake.Refusal;
import io.doos.gateway.intake.Submission.SpooledFile;
import io.doos.gateway.results.Results;
import io.doos.gateway.results.Unavailable;
import io.doos.gateway.spool.SpoolSpace;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each command of the protocol does. Keeps nothing between two requests. */
public final class Commands implements RequestHandler {

  private static final Logger log = LoggerFactory.getLogger(Commands.class);

  /**
   * What the operator decides.
   *
   * @param terminate who may stop the process
   * @param statusFile whether {@code statusJob} answers with the status file
   */
  public record Config(TerminateFrom terminate, boolean statusFile) {}

  // Names and small files are in memory while a job is taken: so many at a time, the rest waits.
  private static final int SUBMISSIONS_AT_ONCE = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Semaphore turns = new Semaphore(SUBMISSIONS_AT_ONCE);
  private final Config config;
  private final Access access;
  private final Intake intake;
  private final Results results;
  private final SpoolSpace space;

  public Commands(Config config, Access access, Intake intake, Results results, SpoolSpace space) {
    this.config = config;
    this.access = access;
    this.intake = intake;
    this.results = results;
    this.space = space;
  }

  @Override
  public Reply answer(Request request) throws InterruptedException, IOException {
    return switch (access.admit(request.credentials())) {
      case Admission.Admitted(var caller) -> answer(request, caller);
      case Admission.Refused refused -> text(Replies.refused(refused));
    };
  }

  @Override
  public Optional<String> refuses(Credentials credentials) {
    return switch (access.admit(credentials)) {
      case Admission.Admitted _ -> Optional.empty();
      case Admission.Refused refused -> Optional.of(Replies.refused(refused));
    };
  }

  @Override
  public boolean allows(InetAddress address) {
    return access.allows(address);
  }

  private Reply answer(Request request, Caller caller) throws InterruptedException, IOException {
    try {
      var command = Command.of(request.arguments());
      return command.isPresent()
          ? answer(command.get(), request, caller)
          : text(Replies.UNKNOWN_COMMAND);
    } catch (Refusal e) {
      return text(
          switch (e) {
            case Refusal.Invalid _, Refusal.NotPermitted _, Refusal.TicketTaken _ ->
                Replies.error(e.why());
            case Refusal.TryLater _, Refusal.Busy _, Refusal.TooManyJobs _ ->
                Replies.tryLater(e.why());
          });
    } catch (Unavailable e) {
      log.warn("A request could not be answered: {}", e.why(), e);
      return text(Replies.tryLater(e.why()));
    }
  }

  private Reply answer(Command command, Request request, Caller caller)
      throws Refusal, Unavailable, IOException, InterruptedException {
    if (command != Command.TERMINATE && !caller.may(Role.SUBMIT)) {
      return text(Replies.NOT_PERMITTED);
    }
    return switch (command) {
      case TERMINATE -> terminate(request, caller);
      case PREPARE_JOB -> prepareJob(request, caller);
      case RETURN_JOB -> returnJob(request.arguments(), caller);
      case STATUS_JOB -> statusJob(request.arguments(), caller);
      case DELETE_JOB -> deleteJob(request.arguments(), caller);
    };
  }

  private Reply terminate(Request request, Caller caller) {
    var fromThere =
        switch (config.terminate()) {
          case LOOPBACK -> request.peer().address().isLoopbackAddress();
          case ANYONE -> true;
          case NEVER -> false;
        };
    var permitted = fromThere && caller.may(Role.OPERATE);
    return permitted ? new Reply.Farewell(Replies.OK) : text(Replies.TERMINATE_NOT_PERMITTED);
  }

  private Reply prepareJob(Request request, Caller caller)
      throws Refusal, IOException, InterruptedException {
    if (!turns.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new Refusal.Busy("Too many jobs are coming in", null);
    }
    try {
      return prepareJob(request.arguments(), request.files(), caller);
    } finally {
      turns.release();
    }
  }

  private Reply prepareJob(Arguments arguments, List<SentFile> files, Caller caller)
      throws Refusal, IOException, InterruptedException {
    if (files.isEmpty() || files.getFirst().content().bytes() == 0) {
      return text(Replies.SCRIPT_REQUIRED);
    }
    var function = arguments.value("initFunc").orElse("");
    if (function.isEmpty()) {
      return text(Replies.FUNCTION_REQUIRED);
    }
    if (!RunMacro.isIdentifier(function)) {
      return text(Replies.FUNCTION_NOT_AN_IDENTIFIER);
    }
    try (var recoded = space.spool()) {
      var inputs = new ArrayList<SpooledFile>(files.size());
      var script = LegacyText.toUtf8(files.getFirst().content(), recoded);
      inputs.add(new SpooledFile(RunMacro.MAIN_SCRIPT, script));
      for (var file : files.subList(1, files.size())) {
        inputs.add(new SpooledFile(file.name(), file.content()));
      }
      var submission = new Wishes(arguments).submission(function, inputs);
      return text(Replies.ticket(intake.submit(submission, caller, Door.DOOS)));
    }
  }

  private Reply statusJob(Arguments arguments, Caller caller) throws Unavailable {
    var status = status(arguments, caller);
    if (status.isEmpty()) {
      return unknownTicket(arguments);
    }
    return text(
        config.statusFile()
            ? Replies.stateWithFile(status.get())
            : Replies.state(status.get().state()));
  }

  private Reply returnJob(Arguments arguments, Caller caller) throws Unavailable, IOException {
    var status = status(arguments, caller);
    if (status.isEmpty()) {
      return unknownTicket(arguments);
    }
    var result = status.get().result();
    if (status.get().state() != State.DONE || result == null) {
      return text(Replies.state(status.get().state()));
    }
    var payload = space.spool();
    try {
      var reply = ResultReply.spooled(results, result, payload);
      return reply.isPresent() ? reply.get() : unknownTicket(arguments);
    } catch (IOException | Unavailable | RuntimeException e) {
      payload.close();
      throw e;
    }
  }

  private Reply deleteJob(Arguments arguments, Caller caller) throws Unavailable {
    var ticket = ticket(arguments);
    if (ticket.isPresent()) {
      results.delete(ticket.get(), caller);
    }
    return text(Replies.OK);
  }

  private Optional<Status> status(Arguments arguments, Caller caller) throws Unavailable {
    var ticket = ticket(arguments);
    return ticket.isPresent() ? results.status(ticket.get(), caller) : Optional.empty();
  }

  private static Optional<Ticket> ticket(Arguments arguments) {
    return arguments.value("ticket").filter(Ticket::isTicket).map(Ticket::new);
  }

  private static Reply unknownTicket(Arguments arguments) {
    return text(Replies.unknownTicket(arguments.value("ticket").orElse("")));
  }

  private static Reply text(String payload) {
    return new Reply.Text(payload);
  }
}
