package io.doos.common.cliser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireDecoderTest {

  private static final String SESSION =
      "HELLO 2.0\r\nSET OUTPUT_FORMAT PDF\nRECV 6 file:///ä b.fo\nHELLO\nERR no such file\nRECV 0 x\nBYE\n";

  private static final List<Object> EVENTS =
      List.of(
          new Line.Hello("2.0"),
          new Line.Set("OUTPUT_FORMAT", "PDF"),
          new Line.Recv(6, "file:///ä b.fo"),
          "HELLO\n",
          new Line.Err("no such file"),
          new Line.Recv(0, "x"),
          "",
          new Line.Bye());

  @Test
  void aSessionIsTheSameWhereverItIsCut() throws Exception {
    var bytes = SESSION.getBytes(UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      var decoder = new WireDecoder();
      var heard = new ArrayList<Object>();
      var data = new ByteArrayOutputStream();
      feed(decoder, bytes, 0, cut, heard, data);
      feed(decoder, bytes, cut, bytes.length, heard, data);
      assertThat(heard).as("cut at %d", cut).isEqualTo(EVENTS);
      assertThat(decoder.isWithin()).isFalse();
    }
  }

  private static void feed(
      WireDecoder decoder,
      byte[] bytes,
      int from,
      int to,
      List<Object> heard,
      ByteArrayOutputStream data)
      throws IOException {
    while (from < to || decoder.isDataDue()) {
      var fed = decoder.feed(bytes, from, to - from, data::write);
      from += fed.consumed();
      switch (fed.event()) {
        case WireDecoder.Event.NeedMore _ -> {}
        case WireDecoder.Event.Came(var line) -> heard.add(line);
        case WireDecoder.Event.DataEnded _ -> {
          heard.add(data.toString(UTF_8));
          data.reset();
        }
        case WireDecoder.Event.Malformed(var why) -> heard.add(new IOException(why));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1",
        "HELLO",
        "HELLO two",
        "SET",
        "QUERY",
        "RECV",
        "RECV x y",
        "RECV -1 a",
        "RECV 1234567890123456 a",
        "LOG",
        "BYE now",
        ""
      })
  void whatIsNoLineIsMalformed(String line) throws Exception {
    var bytes = (line + "\n").getBytes(UTF_8);
    var fed = new WireDecoder().feed(bytes, 0, bytes.length, (_, _, _) -> {});
    assertThat(fed.event()).isInstanceOf(WireDecoder.Event.Malformed.class);
  }

  @Test
  void aLineWithoutAnEndIsMalformedAtItsLimit() throws Exception {
    var bytes = "x".repeat(Grammar.LONGEST_LINE_BYTES + 2).getBytes(UTF_8);
    var fed = new WireDecoder().feed(bytes, 0, bytes.length, (_, _, _) -> {});
    assertThat(fed.event()).isInstanceOf(WireDecoder.Event.Malformed.class);
  }

  @Test
  void aLineIsReadAsItIsWritten() {
    for (var line :
        List.of(
            new Line.Hello("2.0"),
            new Line.Bye(),
            new Line.Ok(),
            new Line.Warn("a b"),
            new Line.Err("c"),
            new Line.Log("warn", "two words"),
            new Line.Set("NAME", "a value"),
            new Line.Query("file:///a%20b"),
            new Line.Recv(12, "PDF"))) {
      var text = new String(Grammar.write(line), UTF_8);
      assertThat(text).endsWith("\n");
      assertThat(Grammar.parse(text.strip())).isEqualTo(new Grammar.Parsed.Good(line));
    }
  }
}
