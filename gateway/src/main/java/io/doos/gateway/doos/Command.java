package io.doos.gateway.doos;

import java.util.Arrays;
import java.util.Optional;

/** What a request asks for; of several commands in one request the first in this order decides. */
enum Command {
  TERMINATE("terminate"),
  PREPARE_JOB("prepareJob"),
  RETURN_JOB("returnJob"),
  STATUS_JOB("statusJob"),
  DELETE_JOB("deleteJob");

  private final String key;

  Command(String key) {
    this.key = key;
  }

  /** The command that the arguments name; a value given to it means nothing. */
  static Optional<Command> of(Arguments arguments) {
    return Arrays.stream(values()).filter(command -> arguments.has(command.key)).findFirst();
  }
}
