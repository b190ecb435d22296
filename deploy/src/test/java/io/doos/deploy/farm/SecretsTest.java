package io.doos.deploy.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.deploy.client.JobView;
import io.doos.deploy.client.Submission;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The credentials of the store reach no office and no log. */
class SecretsTest {

  /** Takes along all that can be read but the system's programs, and of processes what they are. */
  private static final String ALL_THAT_CAN_BE_READ =
      """
      Sub Main
        Open "<<OUTDIR>>look.sh" For Output As #1
        Print #1, "find /etc /var /tmp /home /profile /job /templates /fonts -type f -size -1000k -not -path '*/seen*' -exec cat {} + > /tmp/seen 2> /tmp/errors"
        Print #1, "cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline /proc/self/mountinfo >> /tmp/seen 2> /tmp/errors"
        Print #1, "env >> /tmp/seen; mv /tmp/seen <<OUTDIR>>seen"
        Close #1
        Shell "/bin/sh", 0, "<<OUTDIR>>look.sh", True
      End Sub
      """;

  @TempDir Path temp;

  @Test
  void aMacroFindsNoSecretAndNoLogHasOne() throws Exception {
    try (var farm = FarmProcess.start(temp.resolve("data"), "office.count=1", "log.level=debug")) {
      var secret = Files.readAllLines(temp.resolve("data/store/keys")).get(1);
      assertThat(secret).hasSizeGreaterThan(15);
      var script = Files.writeString(temp.resolve("look.bas"), ALL_THAT_CAN_BE_READ);
      var ticket =
          farm.client()
              .submit(
                  new Submission(
                      script,
                      List.of(),
                      "Main",
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty()));
      Until.holds(() -> farm.client().status(ticket).word().isFinal());
      assertThat(farm.client().status(ticket).word()).isEqualTo(JobView.Word.DONE);
      var zip = temp.resolve("result.zip");
      assertThat(farm.client().output(ticket, zip)).isTrue();
      try (var file = new ZipFile(zip.toFile())) {
        var seen =
            new String(
                file.getInputStream(file.getEntry("seen")).readAllBytes(),
                StandardCharsets.ISO_8859_1);
        assertThat(seen).contains("office:x:", "soffice.bin", "HOME=/home").doesNotContain(secret);
      }
      assertThat(farm.log()).contains("DEBUG", "Jail, system calls").doesNotContain(secret);
    }
  }
}
