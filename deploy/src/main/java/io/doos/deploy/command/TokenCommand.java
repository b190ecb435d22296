package io.doos.deploy.command;

import io.doos.gateway.access.NewToken;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code doos token}. */
@Command(
    name = "token",
    description = {
      "Make a token and the line by which the farm knows it.",
      "The line goes into the file of the setting access.file, which the gateways read again when"
          + " it changes; the token goes to its owner and is kept nowhere."
    })
final class TokenCommand implements Callable<Integer> {

  private final DoosCommand doos;

  @Parameters(paramLabel = "NAME", description = "Whose it is, for logs.")
  private String name = "";

  @Option(
      names = "--roles",
      paramLabel = "ROLES",
      description = "submit, watch, operate, with commas; submit if not given.")
  private @Nullable String roles;

  @Option(names = "--tenant", paramLabel = "NAME", description = "Whose jobs its jobs are.")
  private @Nullable String tenant;

  @Option(
      names = "--pools",
      paramLabel = "NAMES",
      description = "Pools that it may use, with commas; all if not given.")
  private @Nullable String pools;

  @Option(
      names = "--jobs",
      paramLabel = "NUMBER",
      description = "How many open jobs the tenant may have; tenant.max-open-jobs if not given.")
  private @Nullable String jobs;

  @Option(names = "--json", description = "Answer with a JSON object.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  TokenCommand(DoosCommand doos) {
    this.doos = doos;
  }

  @Override
  public Integer call() {
    var made = make();
    var out = doos.shell().out();
    if (json) {
      out.println(Json.line(Map.of("token", made.token(), "line", made.line())));
    } else {
      out.println("Token, for its owner alone:");
      out.println("  " + made.token());
      out.println("Line for the file of access.file:");
      out.println("  " + made.line());
    }
    return ExitCode.OK;
  }

  private NewToken make() {
    var fields = new ArrayList<String>();
    add(fields, "roles", roles);
    add(fields, "tenant", tenant);
    add(fields, "pools", pools);
    add(fields, "jobs", jobs);
    try {
      return NewToken.make(new SecureRandom(), name, fields);
    } catch (IllegalArgumentException e) {
      var command = java.util.Objects.requireNonNull(spec).commandLine();
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
  }

  private static void add(List<String> fields, String field, @Nullable String value) {
    if (value != null) {
      fields.add(field + "=" + value);
    }
  }
}
