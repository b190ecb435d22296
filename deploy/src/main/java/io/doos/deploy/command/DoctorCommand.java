package io.doos.deploy.command;

import io.doos.deploy.command.Wiring.Checks;
import io.doos.deploy.doctor.Check;
import io.doos.deploy.doctor.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doos doctor}. */
@Command(
    name = "doctor",
    description = "Look whether this machine can run the farm, and say what to do where it cannot.")
final class DoctorCommand implements Callable<Integer> {

  private final DoosCommand doos;
  private final Checks checks;

  @Option(names = "--json", description = "Answer with a JSON object.")
  private boolean json;

  DoctorCommand(DoosCommand doos, Checks checks) {
    this.doos = doos;
    this.checks = checks;
  }

  /** A check and what it found. */
  private record Seen(Check check, Finding finding) {}

  @Override
  public Integer call() throws Exception {
    var seen = look(checks.of(doos.settings()));
    if (json) {
      doos.shell()
          .out()
          .println(Json.line(Map.of("checks", seen.stream().map(DoctorCommand::fields).toList())));
    } else {
      tell(seen);
    }
    var hasFailed = seen.stream().anyMatch(s -> s.finding.verdict() == Finding.Verdict.FAILED);
    return hasFailed ? ExitCode.JOB_FAILED : ExitCode.OK;
  }

  /** All at once: most of them wait for something. */
  private static List<Seen> look(List<Check> checks)
      throws InterruptedException, ExecutionException {
    var seen = new ArrayList<Seen>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var findings = new ArrayList<Future<Finding>>();
      checks.forEach(check -> findings.add(threads.submit(check::look)));
      for (var i = 0; i < checks.size(); i++) {
        seen.add(new Seen(checks.get(i), findings.get(i).get()));
      }
    }
    return seen;
  }

  private static Map<String, String> fields(Seen seen) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("check", seen.check.name());
    fields.put("verdict", word(seen.finding.verdict()));
    fields.put("found", seen.finding.found());
    fields.put("remedy", seen.finding.remedy());
    return fields;
  }

  private void tell(List<Seen> all) {
    var out = doos.shell().out();
    var width = all.stream().mapToInt(seen -> seen.check.name().length()).max().orElse(0);
    for (var seen : all) {
      var finding = seen.finding;
      out.printf(
          "%s  %-" + Math.max(1, width) + "s  %s%n",
          coloured(finding.verdict()),
          seen.check.name(),
          Answers.printable(finding.found()));
      if (!finding.remedy().isEmpty()) {
        out.println(" ".repeat(width + 11) + "→ " + Answers.printable(finding.remedy()));
      }
    }
  }

  private String coloured(Finding.Verdict verdict) {
    var padded = String.format("%-7s", word(verdict));
    if (!doos.shell().isTerminal()) {
      return padded;
    }
    var colour =
        switch (verdict) {
          case OK -> 32;
          case WARNING -> 33;
          case FAILED -> 31;
        };
    return "\u001b[" + colour + "m" + padded + "\u001b[0m";
  }

  private static String word(Finding.Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }
}
