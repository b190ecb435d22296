package io.doos.gateway.doos;

import io.doos.common.job.Pool;
import io.doos.common.job.Work.RunMacro;
import io.doos.gateway.intake.Refusal;
import io.doos.gateway.intake.Submission;
import io.doos.gateway.intake.Submission.SpooledFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The arguments that say where and how a job is to run; doos had none of them. */
record Wishes(Arguments arguments) {

  private static final Pattern PRIORITY = Pattern.compile("[0-9]");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  /** The submission of a macro with these wishes. */
  Submission submission(String function, List<SpooledFile> files) throws Refusal.Invalid {
    return new Submission(
        new RunMacro(RunMacro.MAIN_SCRIPT, function, List.of()),
        files,
        pool().orElse(Pool.DEFAULT),
        priority().orElse(null),
        timeout().orElse(null),
        null);
  }

  private Optional<Pool> pool() throws Refusal.Invalid {
    var name = arguments.value("pool");
    try {
      return name.map(Pool::new);
    } catch (IllegalArgumentException e) {
      throw new Refusal.Invalid("The pool is not 1 to 64 letters, digits, '_' or '-'");
    }
  }

  private Optional<Integer> priority() throws Refusal.Invalid {
    return number("priority", PRIORITY, "The priority is not a number from 0 to 9");
  }

  private Optional<Duration> timeout() throws Refusal.Invalid {
    return number("timeout", SECONDS, "The timeout is not a number of seconds")
        .map(Duration::ofSeconds);
  }

  private Optional<Integer> number(String key, Pattern form, String complaint)
      throws Refusal.Invalid {
    var text = arguments.value(key);
    if (text.isPresent() && !form.matcher(text.get()).matches()) {
      throw new Refusal.Invalid(complaint);
    }
    return text.map(Integer::valueOf);
  }
}
