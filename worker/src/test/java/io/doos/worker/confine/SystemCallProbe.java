package io.doos.worker.confine;

import io.doos.worker.confine.SystemCallRule.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Makes each denied system call, from a shell script and with Perl, which can make any. */
public final class SystemCallProbe {

  private static final long UPPER_HALF = 0x7fff_ffff_0000_0000L;

  private final Processor processor = Processor.here().orElseThrow();
  private final List<SystemCallRule> rules =
      SystemCallRule.all().stream()
          .filter(rule -> rule.answer() != Answer.ALLOW && !rule.bareOnly())
          .filter(rule -> rule.number(processor).isPresent())
          .toList();

  /** Says the number of each call and of the error that it got. */
  public String script() {
    var calls = new ArrayList<String>();
    for (var rule : rules) {
      calls.add(
          Arrays.stream(deniedArguments(rule))
              .mapToObj(String::valueOf)
              .collect(Collectors.joining(",", number(rule) + ",", "")));
    }
    calls.add("999,0,0,0,0,0,0"); // whatever will come
    return "perl -e 'for (qw(%s)) { $! = 0; my @a = map { 0 + $_ } split /,/; my $r = syscall($a[0], @a[1..6]); print qq($a[0] ), 0 + $!, qq(\\n); }'"
        .formatted(String.join(" ", calls));
  }

  /** What {@link #script} must say. */
  public List<String> answers() {
    var answers = new ArrayList<String>();
    rules.forEach(rule -> answers.add(number(rule) + " " + rule.answer().errno));
    answers.add("999 " + Answer.ENOSYS.errno);
    return answers;
  }

  private int number(SystemCallRule rule) {
    return rule.number(processor).getAsInt();
  }

  /** Arguments with which the call is denied. */
  static long[] deniedArguments(SystemCallRule rule) {
    var arguments = new long[6];
    if (rule.answer() == Answer.NOTHING) {
      arguments[0] = -1; // no descriptor, as the kernel would say; only sync() itself does not look
    }
    for (var condition : rule.conditions()) {
      arguments[condition.argument()] =
          switch (condition.test()) {
            case SystemCallRule.Test.Has(var mask) -> UPPER_HALF | Integer.lowestOneBit(mask);
            case SystemCallRule.Test.Lacks(var mask) -> UPPER_HALF | (~mask & 0xffff_ffffL);
            case SystemCallRule.Test.Is(var values) -> UPPER_HALF | values.getLast();
            case SystemCallRule.Test.Not _ -> UPPER_HALF | 0x7eadbeef;
            case SystemCallRule.Test.Set _ -> 0x1_0000_0000L;
          };
    }
    return arguments;
  }
}
