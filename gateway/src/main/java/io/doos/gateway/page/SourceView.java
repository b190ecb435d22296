package io.doos.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Work;
import io.doos.common.status.JobError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Optional;

/**
 * The lines of a script around the one that failed, where the message itself carries the script.
 */
final class SourceView {

  private static final int AROUND = 4;
  private static final int LONGEST_LINE = 500;

  private SourceView() {}

  static Optional<Html> of(JobError error, JobMessage job) {
    var line = error.line();
    if (line == null || !(job.work() instanceof Work.RunMacro macro)) {
      return Optional.empty();
    }
    var module = Optional.ofNullable(error.module()).orElse(macro.script());
    return source(job, module).flatMap(source -> around(source, module, line));
  }

  private static Optional<String> source(JobMessage job, String name) {
    for (var file : job.files()) {
      if (file instanceof InputFile.Inline(var fileName, var content) && fileName.equals(name)) {
        return Optional.of(decoded(content));
      }
    }
    return Optional.empty();
  }

  private static Optional<Html> around(String source, String module, int number) {
    var lines = source.split("\r\n|\r|\n", -1);
    if (number < 1 || number > lines.length) {
      return Optional.empty();
    }
    var shown = new ArrayList<Html>();
    for (var i = Math.max(1, number - AROUND); i <= Math.min(lines.length, number + AROUND); i++) {
      shown.add(
          Html.of(
              i == number
                  ? "<li class=\"at\" value=\"{}\"><mark><code>{}</code></mark></li>"
                  : "<li value=\"{}\"><code>{}</code></li>",
              i,
              shortened(lines[i - 1])));
    }
    return Optional.of(
        Html.of(
            "<figure><figcaption>{}, line {}</figcaption><ol class=\"source\" tabindex=\"0\">{}</ol></figure>",
            module,
            number,
            shown));
  }

  private static String shortened(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
  }

  private static String decoded(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, Charset.forName("windows-1252"));
    }
  }
}
