package io.doos.gateway.doos;

import static io.doos.gateway.doos.Frames.concat;
import static io.doos.gateway.doos.Frames.frame;
import static io.doos.gateway.doos.Frames.latin;
import static io.doos.gateway.doos.Frames.payload;
import static io.doos.gateway.doos.Frames.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.config.TerminateFrom;
import io.doos.common.job.InputFile;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.ledger.JobRecord;
import io.doos.common.status.Result;
import io.doos.common.store.FakeObjectStore;
import io.doos.common.store.FakeObjectStore.Fault;
import io.doos.common.store.FakeObjectStore.Operation;
import io.doos.gateway.TestFarm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of the protocol's table, over the real port of a whole gateway. */
@Timeout(60)
class ProtocolTest {

  private static final Pattern TICKET = Pattern.compile("\\[OK] Ticket:([1-9][0-9]{17})");
  private static final String SCRIPT = "Sub Main\r\nEnd Sub";

  @TempDir private Path folder;
  private final FakeObjectStore store = new FakeObjectStore();
  private TestFarm farm;

  @BeforeEach
  void start() throws Exception {
    farm = new TestFarm(store, folder);
  }

  @AfterEach
  void stop() {
    farm.close();
    assertThat(folder).isEmptyDirectory();
  }

  private String ask(String arguments, String... files) throws IOException {
    return new String(askBytes(payload(arguments, files)), UTF_8);
  }

  private byte[] askBytes(byte[] payload) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), farm.port())) {
      socket.getOutputStream().write(frame(payload));
      return Frames.replyBytes(socket.getInputStream());
    }
  }

  private JobRecord submit(String... files) throws IOException {
    return job(ask("prepareJob;initFunc=Main", files));
  }

  private JobRecord job(String answer) {
    var ticket = TICKET.matcher(answer);
    assertThat(answer).matches(TICKET);
    assertThat(ticket.matches()).isTrue();
    return farm.published(new Ticket(ticket.group(1)));
  }

  @Test
  void aJobIsRecordedAndPublishedBeforeItsTicketIsGiven() throws Exception {
    var job = submit("", SCRIPT, "data.csv", "1;2");
    assertThat(job.pool()).isEqualTo(Pool.DEFAULT);
    assertThat(job.priority()).isNull();
    var message = job.message();
    assertThat(message.work()).isEqualTo(new RunMacro("main.script", "Main", List.of()));
    assertThat(message.files())
        .extracting(InputFile::name)
        .containsExactly("main.script", "data.csv");
    assertThat(message.bundle()).isNull();
    assertThat(message.limits().timeout()).isNull();
    assertThat(message.limits().notAfter())
        .isEqualTo(message.submittedAt().plus(Duration.ofHours(24)));
    assertThat(content(message.files().getFirst())).isEqualTo(SCRIPT);
    assertThat(farm.broker().ready(Pool.DEFAULT)).isEqualTo(1);
    assertThat(farm.ledger().read(job.ticket())).isPresent();
    assertThat(store.keys()).containsExactly("input/" + job.ticket() + "/job.json");
  }

  @Test
  void theScriptsOwnNameIsIgnored() throws IOException {
    assertThat(submit("../../etc/passwd", SCRIPT).message().files())
        .extracting(InputFile::name)
        .containsExactly("main.script");
  }

  @Test
  void poolPriorityAndTimeoutMayBeAskedFor() throws IOException {
    var job = job(ask("prepareJob;initFunc=Main;pool=big;priority=7;timeout=90", "", SCRIPT));
    assertThat(job.pool()).isEqualTo(new Pool("big"));
    assertThat(job.priority()).isEqualTo(7);
    assertThat(job.message().limits().timeout()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void unknownArgumentsAreIgnored() throws IOException {
    job(ask(" prepareJob = no ; colour=blue;;initFunc=Main;token=x", "", SCRIPT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prepareJob|[ERROR] initFunc is required.",
        "prepareJob;initFunc=|[ERROR] initFunc is required.",
        "prepareJob;initFunc|[ERROR] initFunc is required.",
        "prepareJob;initFunc=1st|[ERROR] initFunc is not a Basic identifier.",
        "prepareJob;initFunc=a.b|[ERROR] initFunc is not a Basic identifier.",
        "prepareJob;initFunc=M;pool=a/b|[ERROR] The pool is not 1 to 64 letters, digits, '_' or '-'.",
        "prepareJob;initFunc=M;priority=10|[ERROR] The priority is not a number from 0 to 9.",
        "prepareJob;initFunc=M;timeout=soon|[ERROR] The timeout is not a number of seconds.",
        "prepareJob;initFunc=M;timeout=601|[ERROR] The timeout is not between 1 and 600 seconds.",
        "prepareJob;initFunc=M;timeout=0|[ERROR] The timeout is not between 1 and 600 seconds.",
        "status|[ERROR] Unknown command.",
        "''|[ERROR] Unknown command.",
        "statusJob;ticket=123|[ERROR] Unknown Ticket: 123.",
        "statusJob;ticket=../../x|[ERROR] Unknown Ticket: ../../x.",
        "returnJob;ticket=123|[ERROR] Unknown Ticket: 123.",
        "returnJob|[ERROR] Unknown Ticket: .",
        "deleteJob;ticket=123|[OK]",
        "deleteJob;ticket=../x|[OK]",
        "deleteJob|[OK]",
      })
  void whatIsAnsweredWithoutAJob(String arguments, String answer) throws IOException {
    assertThat(ask(arguments, "", SCRIPT)).isEqualTo(answer);
    assertThat(store.keys()).isEmpty();
    assertThat(farm.published()).isEmpty();
  }

  @Test
  void aScriptIsRequired() throws IOException {
    assertThat(ask("prepareJob;initFunc=Main")).isEqualTo("[ERROR] A script is required.");
    assertThat(ask("prepareJob")).isEqualTo("[ERROR] A script is required.");
    assertThat(ask("prepareJob;initFunc=Main", "empty", ""))
        .isEqualTo("[ERROR] A script is required.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|A file name is empty",
        "/etc/passwd|The file name '/etc/passwd' is not relative with '/' between its steps",
        "a/../b|The file name 'a/../b' holds an empty, '.' or '..' step",
        "..|The file name '..' holds an empty, '.' or '..' step",
        "a\\b|The file name 'a\\b' is not relative with '/' between its steps",
        "main.script|Two files are named 'main.script'",
      })
  void namesThatMayNotBeAreRefused(String name, String why) throws IOException {
    assertThat(ask("prepareJob;initFunc=Main", "", SCRIPT, name, "x"))
        .isEqualTo("[ERROR] " + why + ".");
    assertThat(store.keys()).isEmpty();
  }

  @Test
  void namesThatClashAreRefused() throws IOException {
    assertThat(ask("prepareJob;initFunc=Main", "", SCRIPT, "a", "1", "a", "2"))
        .isEqualTo("[ERROR] Two files are named 'a'.");
    assertThat(ask("prepareJob;initFunc=Main", "", SCRIPT, "a/b/c", "1", "a/b", "2"))
        .isEqualTo("[ERROR] 'a/b' is both a file and a folder.");
    assertThat(ask("prepareJob;initFunc=Main", "", SCRIPT, "a\u0007b", "1"))
        .isEqualTo("[ERROR] The file name 'a?b' holds a control character.");
  }

  @Test
  void aWrongChecksumStoresNothing() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), farm.port())) {
      var request = payload("prepareJob;initFunc=Main", "", SCRIPT);
      socket.getOutputStream().write(frame("f".repeat(40), request));
      assertThat(reply(socket.getInputStream())).isEqualTo("[ERROR] Checksum failed.");
    }
    assertThat(store.keys()).isEmpty();
  }

  @Test
  void textIsUtf8OrElseWindows1252() throws IOException {
    var windows = Charset.forName("windows-1252");
    var mark = new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    var text = "Print \"Grüße – 5 €\"\r\n";
    for (var script :
        List.of(text.getBytes(UTF_8), concat(mark, text.getBytes(UTF_8)), text.getBytes(windows))) {
      var request =
          concat(
              latin("prepareJob;initFunc=Main::file start::::file content::"),
              script,
              latin("::file end::::file start::"),
              "Größe.txt".getBytes(windows),
              latin("::file content::"),
              new byte[] {(byte) 0xFC},
              latin("::file end::"));
      var files = job(new String(askBytes(request), UTF_8)).message().files();
      assertThat(content(files.getFirst())).isEqualTo(text);
      assertThat(files.getLast().name()).isEqualTo("Größe.txt");
      assertThat(((InputFile.Inline) files.getLast()).content()).containsExactly(0xFC);
    }
  }

  @Test
  void whatIsTooLargeForAMessageTravelsAsABundle() throws Exception {
    var large = "é".repeat(40_000);
    var job = submit("", SCRIPT, "sub/ä.txt", large, "empty", "");
    var bundle = requireNonNull(job.message().bundle());
    assertThat(job.message().files()).isEmpty();
    assertThat(bundle.object()).matches("bundle/[0-9a-f]{32}\\.zip");
    var zip = store.read(bundle.object()).orElseThrow();
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(zip)))
        .isEqualTo(bundle.sha256());
    assertThat(unzipped(zip))
        .containsOnlyKeys("main.script", "sub/ä.txt", "empty")
        .containsEntry("main.script", SCRIPT)
        .containsEntry("sub/ä.txt", large);
  }

  @ParameterizedTest
  @ValueSource(ints = {'\u0001', '"', 'x'})
  void aMessageNeverExceedsItsLimitHoweverItsTextIsWritten(int character) throws IOException {
    var job = submit("", SCRIPT, "a", Character.toString(character).repeat(60_000));
    assertThat(io.doos.common.job.JobJson.write(job.message()).length)
        .isLessThan(io.doos.common.job.JobMessage.MAX_BYTES);
    assertThat(job.message().bundle() != null).isEqualTo(character == 1);
  }

  @Test
  void thereMayBe1024FilesAndNotOneMore() throws IOException {
    var files = new ArrayList<String>();
    for (var i = 0; i < 1024; i++) {
      files.addAll(List.of("file" + i, String.valueOf(i)));
    }
    assertThat(submit(files.toArray(String[]::new)).message().files()).hasSize(1024);
    files.addAll(List.of("one more", ""));
    assertThat(ask("prepareJob;initFunc=Main", files.toArray(String[]::new)))
        .isEqualTo("[ERROR] The request has more than 1024 files.");
  }

  @Test
  void statusFollowsTheJob() throws Exception {
    var job = submit("", SCRIPT);
    var ask = "statusJob;ticket=" + job.ticket();
    assertThat(ask(ask))
        .matches(
            "\\[OK] Enqueued::file start::status.txt::file content::timeEntered:[^:]+:[^\n]+Z\n::file end::");
    var claimed = farm.begin(job);
    assertThat(claimed.attempt()).isEqualTo(1);
    assertThat(ask(ask))
        .startsWith("[OK] Dequeued::file start::status.txt::file content::timeEntered:")
        .contains("\ntimeDequeued:");
  }

  @Test
  void aDoneJobsResultIsReturned() throws Exception {
    var job = submit("", SCRIPT);
    assertThat(ask("returnJob;ticket=" + job.ticket())).isEqualTo("[OK] Enqueued");
    var zip = new byte[] {'P', 'K', 0, (byte) 0xFF, ':', ':'};
    farm.finish(job, zip);
    assertThat(ask("statusJob;ticket=" + job.ticket()))
        .startsWith("[OK] Done::file")
        .contains("\ntimeCompleted:");
    assertThat(askBytes(payload("returnJob;ticket=" + job.ticket())))
        .isEqualTo(
            concat(
                latin("[OK] ::file start::files.zip::file content::"), zip, latin("::file end::")));
  }

  @Test
  void aFailedJobReturnsNoFileAndSaysWhyInItsStatus() throws Exception {
    var job = submit("", SCRIPT);
    farm.fail(job, "Object variable not set");
    assertThat(ask("returnJob;ticket=" + job.ticket())).isEqualTo("[OK] Error");
    assertThat(ask("statusJob;ticket=" + job.ticket()))
        .startsWith("[OK] Error::file start::status.txt::file content::")
        .contains("\ntimeFailed:")
        .contains("\nerror:MACRO_ERROR: Object variable not set\n");
  }

  @Test
  void aDamagedResultDoesNotLeave() throws Exception {
    for (var stored : List.of("short", "same length!", "much too long for its status")) {
      var job = submit("", SCRIPT);
      var key = "output/" + job.ticket() + "/result-1.zip";
      store.put(key, stored.getBytes(UTF_8));
      farm.finish(job, new Result(key, 12, "0".repeat(64), List.of(), false));
      assertThat(ask("returnJob;ticket=" + job.ticket()))
          .isEqualTo("[ERROR] The result could not be read whole, try again later.");
    }
  }

  @Test
  void aDeletedJobIsGone() throws Exception {
    var job = submit("", SCRIPT);
    farm.finish(job, new byte[10]);
    assertThat(ask("deleteJob;ticket=" + job.ticket())).isEqualTo("[OK]");
    assertThat(farm.withdrawn()).containsExactly(job.ticket());
    assertThat(ask("statusJob;ticket=" + job.ticket()))
        .isEqualTo("[ERROR] Unknown Ticket: " + job.ticket() + ".");
    assertThat(ask("returnJob;ticket=" + job.ticket()))
        .isEqualTo("[ERROR] Unknown Ticket: " + job.ticket() + ".");
    assertThat(ask("deleteJob;ticket=" + job.ticket())).isEqualTo("[OK]");
  }

  @Test
  void aTicketThatIsNoneIsEchoedShortAndPrintable() throws IOException {
    assertThat(ask("statusJob;ticket=" + "9".repeat(1000)))
        .isEqualTo("[ERROR] Unknown Ticket: " + "9".repeat(64) + ".");
    assertThat(ask("statusJob;ticket=1\n2")).isEqualTo("[ERROR] Unknown Ticket: 1?2.");
  }

  @Test
  void aStoreThatIsDownIsToldAndNoTicketIsGiven() throws IOException {
    store.interfere(_ -> Fault.UNAVAILABLE);
    var why = "[ERROR] The object store does not answer, try again later.";
    assertThat(ask("prepareJob;initFunc=Main", "", SCRIPT)).isEqualTo(why);
    assertThat(ask("prepareJob;initFunc=Main", "", "x".repeat(100_000))).isEqualTo(why);
    assertThat(ask("statusJob;ticket=1")).isEqualTo(why);
    assertThat(ask("returnJob;ticket=1")).isEqualTo(why);
    assertThat(ask("deleteJob;ticket=1")).isEqualTo(why);
    assertThat(farm.published()).isEmpty();
    store.interfere(_ -> Fault.REFUSED);
    assertThat(ask("prepareJob;initFunc=Main", "", SCRIPT))
        .isEqualTo("[ERROR] The object store refuses the gateway, try again later.");
  }

  @Test
  void aBundleThatNoJobCameToNameIsRemoved() throws IOException {
    store.failNext(Operation.CREATE, Fault.UNAVAILABLE);
    assertThat(ask("prepareJob;initFunc=Main", "", "x".repeat(100_000))).startsWith("[ERROR]");
    assertThat(store.keys()).isEmpty();
  }

  @Test
  void aJobWhoseRecordWasWrittenButNotAnsweredIsCancelled() throws IOException {
    store.failNext(Operation.CREATE, Fault.ANSWER_LOST);
    assertThat(ask("prepareJob;initFunc=Main", "", SCRIPT))
        .isEqualTo("[ERROR] The object store does not answer, try again later.");
    var status = store.keys().stream().filter(key -> key.endsWith("status.json")).findFirst();
    assertThat(store.text(status.orElseThrow()).orElseThrow()).contains("CANCELLED");
  }

  @Test
  void aBrokerThatDoesNotConfirmIsToldAndTheJobIsCancelledBeforeThat() throws Exception {
    farm.broker().refuseNext(1);
    assertRefused("", "The queue is full");
    assertRefused(";pool=nobodys", "No worker has ever served pool 'nobodys'");
    farm.broker().goDown();
    assertRefused("", "The message broker does not answer");
  }

  private void assertRefused(String arguments, String why) throws IOException {
    assertThat(ask("prepareJob;initFunc=Main" + arguments, "", SCRIPT))
        .isEqualTo("[ERROR] " + why + ", try again later.");
    var ticket = farm.published().getLast().ticket();
    assertThat(ask("statusJob;ticket=" + ticket)).startsWith("[OK] Error").contains("CANCELLED");
  }

  @Test
  void aPublishThatIsInterruptedCancelsTheJobToo() throws IOException {
    farm.interruptNext();
    assertThat(ask("prepareJob;initFunc=Main", "", SCRIPT))
        .isEqualTo("[ERROR] The gateway is stopping, try again later.");
    var ticket = farm.published().getLast().ticket();
    assertThat(ask("statusJob;ticket=" + ticket)).startsWith("[OK] Error").contains("CANCELLED");
  }

  @Test
  void terminateIsAnsweredAndTheProcessToldToStop() throws Exception {
    assertThat(ask("terminate")).isEqualTo("[OK]");
    assertThat(farm.toldToStop().await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatTheOperatorForbidsIsNotDone() throws Exception {
    farm.close();
    farm = new TestFarm(store, folder, new Commands.Config(TerminateFrom.NEVER, false));
    assertThat(ask("terminate")).isEqualTo("[ERROR] terminate is not permitted.");
    assertThat(ask("statusJob;ticket=" + submit("", SCRIPT).ticket())).isEqualTo("[OK] Enqueued");
    assertThat(farm.toldToStop().getCount()).isEqualTo(1);
  }

  private static String content(InputFile file) {
    return new String(((InputFile.Inline) file).content(), UTF_8);
  }

  private static Map<String, String> unzipped(byte[] bytes) throws IOException {
    var files = new TreeMap<String, String>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
      }
    }
    return files;
  }
}
