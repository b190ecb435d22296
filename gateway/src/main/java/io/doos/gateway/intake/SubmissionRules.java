package io.doos.gateway.intake;

import io.doos.common.job.FileName;
import io.doos.common.job.InputFile;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
    var extras = submission.extras();
    checkNames(submission.files(), extras.stored());
    if (extras.bundle() != null && !submission.files().isEmpty()) {
      throw new Refusal.Invalid("Files come along or lie in a bundle in the bucket, not both");
    }
    if (extras.maxAttempts() != null && extras.maxAttempts() < 1) {
      throw new Refusal.Invalid("maxAttempts is less than 1");
    }
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

  private static void checkNames(List<Submission.SpooledFile> files, List<InputFile.Stored> stored)
      throws Refusal.Invalid {
    var names = new HashSet<String>();
    for (var file : files) {
      try {
        FileName.check(file.name());
      } catch (IllegalArgumentException e) {
        throw new Refusal.Invalid(capitalised(String.valueOf(e.getMessage())));
      }
      add(file.name(), names);
    }
    for (var file : stored) {
      add(file.name(), names);
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

  private static void add(String name, Set<String> names) throws Refusal.Invalid {
    if (!names.add(name)) {
      throw new Refusal.Invalid("Two files are named '" + name + "'");
    }
  }

  private static String capitalised(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
