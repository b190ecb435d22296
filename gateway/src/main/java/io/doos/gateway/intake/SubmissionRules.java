package io.doos.gateway.intake;

import io.doos.common.job.FileName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * What a submission must be to be taken. What is refused here costs the farm nothing.
 *
 * @param maxTimeout the longest run that a job may ask for ({@code job.max-timeout})
 */
public record SubmissionRules(Duration maxTimeout) {

  /**
   * @throws Refusal.Invalid naming the first thing that is wrong
   */
  void check(Submission submission) throws Refusal.Invalid {
    checkNames(submission.files());
    var timeout = submission.timeout();
    if (timeout != null && (!timeout.isPositive() || timeout.compareTo(maxTimeout) > 0)) {
      throw new Refusal.Invalid(
          "The timeout is not between 1 and " + maxTimeout.toSeconds() + " seconds");
    }
    var priority = submission.priority();
    if (priority != null && (priority < 0 || priority > 9)) {
      throw new Refusal.Invalid("The priority is not a number from 0 to 9");
    }
  }

  private static void checkNames(List<Submission.SpooledFile> files) throws Refusal.Invalid {
    var names = new HashSet<String>();
    for (var file : files) {
      try {
        FileName.check(file.name());
      } catch (IllegalArgumentException e) {
        throw new Refusal.Invalid(capitalised(String.valueOf(e.getMessage())));
      }
      if (!names.add(file.name())) {
        throw new Refusal.Invalid("Two files are named '" + file.name() + "'");
      }
    }
    for (var name : names) {
      for (var slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
        if (names.contains(name.substring(0, slash))) {
          throw new Refusal.Invalid(
              "'" + name.substring(0, slash) + "' is both a file and a folder");
        }
      }
    }
  }

  private static String capitalised(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
