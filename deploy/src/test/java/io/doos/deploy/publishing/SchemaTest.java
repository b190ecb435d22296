package io.doos.deploy.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.doos.common.job.BadJobException;
import io.doos.common.job.Bundle;
import io.doos.common.job.InputFile;
import io.doos.common.job.JobJson;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.status.StatusJson;
import io.doos.common.status.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schemas say what the farm says. */
class SchemaTest {

  private static final Instant NOW = Instant.parse("2026-11-22T13:40:00.123456789Z");

  static Stream<String> good() {
    return Stream.of(
        message(""),
        message(",'files':null,'bundle':null,'submittedAt':null,'notAfter':null,'tenant':null"),
        message(",'timeoutSeconds':null,'maxAttempts':null"),
        message(",'unknown':{'deep':[1,null]},'files':[{'name':'a','text':'','more':1}]"),
        message(",'files':[{'name':'a/b c/ü.txt','text':'x','base64':null,'object':null}]"),
        message(",'files':[{'name':'a','base64':''},{'name':'b','base64':'QQ=='}]"),
        message(",'files':[{'name':'a','base64':'QQ'},{'name':'b','base64':'QUI'}]"),
        message(",'files':[{'name':'a','base64':'QUI='},{'name':'b','base64':'QUJD/+09'}]"),
        message(",'files':[{'name':'..a','object':'templates/a'},{'name':'.a','text':'x'}]"),
        message(",'bundle':{'object':'b.zip','sha256':'" + "0f".repeat(32) + "','x':1}"),
        message(",'submittedAt':'2026-11-22T13:40:00Z','notAfter':'2026-11-22T13:40+01:00'"),
        message(",'notAfter':'2026-11-22T13:40:00.123-08:30'"),
        message(",'timeoutSeconds':0.5"),
        message(",'timeoutSeconds':600,'maxAttempts':1,'tenant':''"),
        work("{'kind':'macro','function':'_a9','script':null,'arguments':null}"),
        work(
            "{'kind':'macro','function':'Main','script':'a/b.bas','arguments':[1,1.5,true,'x',[[]]]}"),
        work("{'kind':'convert','to':'pdf'}"),
        work("{'kind':'convert','to':'pdf','filter':'f','options':{'a':[1],'b':false}}"),
        work("{'kind':'convert','to':'pdf','filter':null,'options':null}"),
        work("{'kind':'format','source':'a.fo'}"),
        work("{'kind':'format','source':'a.fo','to':'image/png','function':7}"));
  }

  static Stream<String> bad() {
    return Stream.of(
        "[]",
        "'text'",
        "{}",
        "{'ticket':'t'}",
        "{'work':{'kind':'macro','function':'Main'}}",
        "{'ticket':null,'work':{'kind':'macro','function':'Main'}}",
        "{'ticket':7,'work':{'kind':'macro','function':'Main'}}",
        "{'ticket':'','work':{'kind':'macro','function':'Main'}}",
        "{'ticket':'a b','work':{'kind':'macro','function':'Main'}}",
        "{'ticket':'" + "t".repeat(65) + "','work':{'kind':'macro','function':'Main'}}",
        work("null"),
        work("[]"),
        work("{}"),
        work("{'kind':'print'}"),
        work("{'kind':'Macro','function':'Main'}"),
        work("{'kind':'macro'}"),
        work("{'kind':'macro','function':null}"),
        work("{'kind':'macro','function':'9a'}"),
        work("{'kind':'macro','function':'a.b'}"),
        work("{'kind':'macro','function':'Main','script':'../a'}"),
        work("{'kind':'macro','function':'Main','arguments':{}}"),
        work("{'kind':'macro','function':'Main','arguments':[null]}"),
        work("{'kind':'macro','function':'Main','arguments':[[{}]]}"),
        work("{'kind':'convert'}"),
        work("{'kind':'convert','to':' '}"),
        work("{'kind':'convert','to':'pdf','filter':1}"),
        work("{'kind':'convert','to':'pdf','options':[]}"),
        work("{'kind':'convert','to':'pdf','options':{'a':{}}}"),
        work("{'kind':'format'}"),
        work("{'kind':'format','source':'/a'}"),
        work("{'kind':'format','source':'a','to':''}"),
        message(",'files':{}"),
        message(",'files':['a']"),
        message(",'files':[{'text':'x'}]"),
        message(",'files':[{'name':'a'}]"),
        message(",'files':[{'name':'a','text':null}]"),
        message(",'files':[{'name':'a','text':'x','base64':''}]"),
        message(",'files':[{'name':'a','text':'x','object':'o'}]"),
        message(",'files':[{'name':'a','text':1}]"),
        message(",'files':[{'name':'a','base64':'Q'}]"),
        message(",'files':[{'name':'a','base64':'QUI=\\n'}]"),
        message(",'files':[{'name':'a','base64':'Q-_='}]"),
        message(",'files':[{'name':'a','object':''}]"),
        message(",'files':[{'name':'','text':'x'}]"),
        message(",'files':[{'name':' ','text':'x'}]"),
        message(",'files':[{'name':'/a','text':'x'}]"),
        message(",'files':[{'name':'a/','text':'x'}]"),
        message(",'files':[{'name':'a//b','text':'x'}]"),
        message(",'files':[{'name':'a/../b','text':'x'}]"),
        message(",'files':[{'name':'./a','text':'x'}]"),
        message(",'files':[{'name':'..','text':'x'}]"),
        message(",'files':[{'name':'a\\\\b','text':'x'}]"),
        message(",'files':[{'name':'a\\u0001','text':'x'}]"),
        message(",'files':[{'name':'a\\u0085b','text':'x'}]"),
        message(",'files':[{'name':'" + "a/".repeat(512) + "b','text':'x'}]"),
        message(",'bundle':'b.zip'"),
        message(",'bundle':{'object':'b.zip'}"),
        message(",'bundle':{'object':'','sha256':'" + "0f".repeat(32) + "'}"),
        message(",'bundle':{'object':'b.zip','sha256':'" + "0F".repeat(32) + "'}"),
        message(",'submittedAt':1763818800"),
        message(",'submittedAt':'2026-11-22'"),
        message(",'submittedAt':'2026-11-22T13:40:00'"),
        message(",'notAfter':'2026-13-22T13:40:00Z'"),
        message(",'notAfter':'2026-11-22T24:40:00Z'"),
        message(",'notAfter':'tomorrow'"),
        message(",'timeoutSeconds':0"),
        message(",'timeoutSeconds':-1"),
        message(",'timeoutSeconds':'30'"),
        message(",'maxAttempts':0"),
        message(",'maxAttempts':1.5"),
        message(",'tenant':7"));
  }

  /** What a schema cannot say, as the job's schema tells its readers. */
  static Stream<String> badBeyondTheSchema() {
    return Stream.of(
        message(",'files':[{'name':'a','text':'x'},{'name':'a','text':'y'}]"),
        message(",'files':[{'name':'" + "ü".repeat(128) + "','text':'x'}]"),
        message(",'notAfter':'2026-02-30T13:40:00Z'"));
  }

  private static String message(String more) {
    return "{'ticket':'t-1_A','work':{'kind':'macro','function':'Main'}" + more + "}";
  }

  private static String work(String work) {
    return "{'ticket':'t','work':" + work + "}";
  }

  private static String json(String quoted) {
    return quoted.replace('\'', '"');
  }

  private static JobMessage read(String quoted) throws BadJobException {
    return JobJson.read(json(quoted).getBytes(UTF_8), NOW);
  }

  @ParameterizedTest
  @MethodSource("good")
  void aGoodMessageIsGoodForFarmAndSchema(String quoted) throws Exception {
    assertThat(PublishedSchema.JOB.complaints(json(quoted))).isEmpty();
    assertThat(PublishedSchema.JOB.complaints(JobJson.write(read(quoted)))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void aBadMessageIsBadForFarmAndSchema(String quoted) {
    assertThat(PublishedSchema.JOB.complaints(json(quoted))).isNotEmpty();
    assertThatThrownBy(() -> read(quoted)).isInstanceOf(BadJobException.class);
  }

  @ParameterizedTest
  @MethodSource("badBeyondTheSchema")
  void someMessagesAreBadForTheFarmOnly(String quoted) {
    assertThat(PublishedSchema.JOB.complaints(json(quoted))).isEmpty();
    assertThatThrownBy(() -> read(quoted)).isInstanceOf(BadJobException.class);
  }

  @Test
  void theExamplesOfBothSchemasFit() throws Exception {
    var mapper = new ObjectMapper();
    for (var example : mapper.readTree(PublishedSchema.JOB.text()).get("examples")) {
      assertThat(PublishedSchema.JOB.complaints(example.toString())).isEmpty();
      assertThat(JobJson.read(example.toString().getBytes(UTF_8), NOW).ticket()).isNotNull();
    }
    for (var example : mapper.readTree(PublishedSchema.STATUS.text()).get("examples")) {
      assertThat(PublishedSchema.STATUS.complaints(example.toString())).isEmpty();
      assertThat(StatusJson.read(example.toString().getBytes(UTF_8)).ticket()).isNotNull();
    }
  }

  @Test
  void whateverTheFarmCanWriteAsAJobFits() {
    var works =
        List.<Work>of(
            new Work.RunMacro("main.script", "Main", List.of("a", 1L, 2.5, true, List.of(1L))),
            new Work.Convert("pdf", "writer_pdf_Export", Map.of("Quality", 90L)),
            new Work.Format("doc.fo", "application/pdf"));
    for (var work : works) {
      var whole =
          new JobMessage(
              new Ticket("482019337154628901"),
              work,
              List.of(
                  new InputFile.Inline("main.script", "Sub Main\nEnd Sub".getBytes(UTF_8)),
                  new InputFile.Inline("logo.png", new byte[] {(byte) 0x89, 'P', 0, -1}),
                  new InputFile.Stored("größe/letter.odt", "templates/letter.odt")),
              new Bundle("bundle/8f1c03d9.zip", "ab".repeat(32)),
              NOW,
              new JobMessage.Limits(NOW.plusSeconds(60), Duration.ofMillis(1), 3),
              "acme");
      assertThat(PublishedSchema.JOB.complaints(JobJson.write(whole))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void whateverTheFarmCanWriteAsAStatusFits(State state) {
    for (var code : ErrorCode.values()) {
      assertThat(PublishedSchema.STATUS.complaints(StatusJson.write(status(state, code))))
          .isEmpty();
    }
  }

  private static Status status(State state, ErrorCode code) {
    var hasRun = state != State.ENQUEUED;
    return new Status(
        new Ticket("t"),
        state,
        new Status.Run(hasRun ? 1 : 0, 2, hasRun ? "w" : null, hasRun ? "7.4.7.2" : null),
        new Status.Times(NOW, hasRun ? NOW : null, state.isFinal() ? NOW : null),
        result(state),
        state == State.DONE ? "42" : null,
        state.isFinal() && state != State.DONE
            ? new JobError(code, "why", 11, "main.script", 3)
            : null,
        hasRun ? new Timings(1, 2, 3, 4) : null);
  }

  private static @Nullable Result result(State state) {
    return state == State.DONE || state == State.FAILED
        ? new Result(
            "output/t/result-1.zip",
            22,
            "ab".repeat(32),
            List.of(new Result.OutputFile("a.pdf", 0)),
            state == State.FAILED)
        : null;
  }

  @Test
  void theSchemaOfStatusesKnowsAllStatesAndErrorCodes() throws Exception {
    var properties = new ObjectMapper().readTree(PublishedSchema.STATUS.text()).get("properties");
    assertThat(properties.at("/state/enum").valueStream().map(word -> word.asText()))
        .containsExactlyElementsOf(Arrays.stream(State.values()).map(State::name).toList());
    assertThat(properties.at("/error/properties/code/enum").valueStream().map(w -> w.asText()))
        .containsExactlyElementsOf(Arrays.stream(ErrorCode.values()).map(ErrorCode::name).toList());
  }
}
