package io.doos.deploy.command;

import io.doos.common.config.BadSettingsException;
import io.doos.common.queue.BrokerMisconfigured;
import io.doos.common.store.StoreFailure;
import io.doos.deploy.client.ClientFailure;
import io.doos.worker.office.OfficeFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells in a sentence what went wrong, and finds the exit code for it. */
record Complaints(Shell shell) implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
    return switch (e) {
      case BadSettingsException bad -> complain(bad.getMessage(), ExitCode.USAGE);
      case ClientFailure failure -> complain(failure.getMessage(), exitCode(failure));
      case StoreFailure failure ->
          complain("The store: " + failure.getMessage(), exitCode(failure));
      case BrokerMisconfigured broker -> complain(broker.getMessage(), ExitCode.USAGE);
      case OfficeFailure office -> complain(office.getMessage(), ExitCode.USAGE);
      case NoSuchFileException absent ->
          complain(absent.getFile() + ": there is no such file.", ExitCode.USAGE);
      case AccessDeniedException denied ->
          complain(denied.getFile() + ": permission denied.", ExitCode.USAGE);
      case IOException broken -> complain(String.valueOf(broken.getMessage()), ExitCode.USAGE);
      case InterruptedException _ -> complain("Interrupted.", ExitCode.JOB_FAILED);
      default -> {
        e.printStackTrace(shell.err());
        yield complain("This should not have happened: " + e, ExitCode.JOB_FAILED);
      }
    };
  }

  private int complain(@org.jspecify.annotations.Nullable String sentence, int exitCode) {
    shell.err().println("doos: " + sentence);
    return exitCode;
  }

  private static int exitCode(ClientFailure failure) {
    return switch (failure) {
      case ClientFailure.Unreachable _ -> ExitCode.FARM_UNREACHABLE;
      case ClientFailure.UnknownTicket _ -> ExitCode.UNKNOWN_TICKET;
      case ClientFailure.Refused _, ClientFailure.BadRequest _ -> ExitCode.USAGE;
    };
  }

  private static int exitCode(StoreFailure failure) {
    return switch (failure) {
      case StoreFailure.Unavailable _ -> ExitCode.FARM_UNREACHABLE;
      case StoreFailure.Refused _ -> ExitCode.USAGE;
    };
  }
}
