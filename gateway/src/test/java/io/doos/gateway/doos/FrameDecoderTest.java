package io.doos.gateway.doos;

import static io.doos.gateway.doos.Frames.concat;
import static io.doos.gateway.doos.Frames.frame;
import static io.doos.gateway.doos.Frames.latin;
import static io.doos.gateway.doos.Frames.payload;
import static io.doos.gateway.doos.Frames.sha1;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.gateway.doos.FrameDecoder.Progress;
import io.doos.gateway.doos.FrameDecoder.Progress.ChecksumFailed;
import io.doos.gateway.doos.FrameDecoder.Progress.Complete;
import io.doos.gateway.doos.FrameDecoder.Progress.Malformed;
import io.doos.gateway.doos.FrameDecoder.Progress.NeedMore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FrameDecoderTest {

  private static final Limits LIMITS =
      new Limits(
          10_000,
          100,
          50,
          5,
          Limits.DEFAULT.header(),
          Limits.DEFAULT.progress(),
          Limits.DEFAULT.linger());

  private static final byte[] PAYLOAD =
      payload("prepareJob;initFunc=Main", "", "Sub Main\nEnd Sub", "a.csv", "1;2", "b/c.bin", "");

  /** A decoder with what it handed on. */
  private static final class Fed {
    final FrameDecoder decoder = new FrameDecoder(LIMITS);
    final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    Progress progress = new NeedMore();

    Fed feed(byte[] bytes, int from, int to) throws IOException {
      if (progress instanceof NeedMore && to > from) {
        progress = decoder.feed(bytes, from, to - from, payload::write);
      }
      return this;
    }

    Fed feed(byte[] bytes) throws IOException {
      return feed(bytes, 0, bytes.length);
    }
  }

  @Test
  void aFrameCutAtAnyByteIsWhole() throws IOException {
    var frame = frame(PAYLOAD);
    var expected = new Fed().feed(frame).progress;
    assertThat(expected).isInstanceOf(Complete.class);
    for (var cut = 0; cut <= frame.length; cut++) {
      var fed = new Fed().feed(frame, 0, cut);
      if (cut < frame.length) {
        assertThat(fed.progress).isInstanceOf(NeedMore.class);
      }
      fed.feed(frame, cut, frame.length);
      assertThat(fed.progress).as("cut at %d", cut).isEqualTo(expected);
      assertThat(fed.payload.toByteArray()).isEqualTo(PAYLOAD);
    }
  }

  @Test
  void aFrameThatComesByteByByteIsWhole() throws IOException {
    var frame = frame(PAYLOAD);
    var fed = new Fed();
    for (var i = 0; i < frame.length; i++) {
      fed.feed(frame, i, i + 1);
    }
    assertThat(fed.progress).isEqualTo(new Fed().feed(frame).progress);
  }

  @Test
  void theLayoutSaysWhereEverythingIs() throws IOException {
    var layout = ((Complete) new Fed().feed(frame(PAYLOAD)).progress).layout();
    assertThat(text(layout.arguments())).isEqualTo("prepareJob;initFunc=Main");
    assertThat(layout.files())
        .extracting(f -> text(f.name()))
        .containsExactly("", "a.csv", "b/c.bin");
    assertThat(layout.files())
        .extracting(f -> text(f.content()))
        .containsExactly("Sub Main\nEnd Sub", "1;2", "");
  }

  @Test
  void theChecksumMayBeInCapitals() throws IOException {
    var frame = frame(sha1(PAYLOAD).toUpperCase(Locale.ROOT), PAYLOAD);
    assertThat(new Fed().feed(frame).progress).isInstanceOf(Complete.class);
  }

  @Test
  void aWrongChecksumFails() throws IOException {
    assertThat(new Fed().feed(frame("0".repeat(40), PAYLOAD)).progress)
        .isInstanceOf(ChecksumFailed.class);
    assertThat(
            new Fed().feed(frame("not hexadecimal".repeat(3).substring(0, 40), PAYLOAD)).progress)
        .isInstanceOf(ChecksumFailed.class);
  }

  @Test
  void aWrongChecksumComesBeforeAPayloadThatMakesNoSense() throws IOException {
    assertThat(new Fed().feed(frame("0".repeat(40), latin("no token"))).progress)
        .isInstanceOf(ChecksumFailed.class);
  }

  @Test
  void bytesAfterTheFrameAreIgnored() throws IOException {
    var fed = new Fed().feed(concat(frame(PAYLOAD), latin("\r\nmore")));
    assertThat(fed.progress).isInstanceOf(Complete.class);
    assertThat(fed.payload.toByteArray()).isEqualTo(PAYLOAD);
  }

  @Test
  void aLengthBombCostsNothingAndWaitsForItsBytes() throws IOException {
    var fed = new Fed().feed(latin("10000|" + "a".repeat(40) + "|x"));
    assertThat(fed.progress).isInstanceOf(NeedMore.class);
    assertThat(fed.payload.size()).isEqualTo(1);
  }

  static Stream<Arguments> malformed() {
    var sum = "a".repeat(40);
    return Stream.of(
        Arguments.of("|", "The frame does not begin with its length in digits"),
        Arguments.of("GET / HTTP/1.1", "The frame does not begin with its length in digits"),
        Arguments.of("-1|", "The frame does not begin with its length in digits"),
        Arguments.of(" 60|", "The frame does not begin with its length in digits"),
        Arguments.of("60 |", "The frame's length is not followed by a pipe"),
        Arguments.of("60:" + sum, "The frame's length is not followed by a pipe"),
        Arguments.of("0000000000060|", "The frame's length has more than 12 digits"),
        Arguments.of(
            "999999999999|", "The frame has 999999999999 bytes, more than the 10000 allowed"),
        Arguments.of("10001|", "The frame has 10001 bytes, more than the 10000 allowed"),
        Arguments.of("0|", "The frame's length is too small to hold a checksum"),
        Arguments.of("40|", "The frame's length is too small to hold a checksum"),
        Arguments.of("60|" + sum + "x", "The frame's checksum is not followed by a pipe"),
        Arguments.of(
            "5000|" + sum + "|" + "k".repeat(101), "The arguments have more than 100 bytes"),
        Arguments.of(
            "5000|" + sum + "|x::file start::" + "n".repeat(51),
            "A file's name has more than 50 bytes"),
        Arguments.of(
            "5000|"
                + sum
                + "|x::file start::"
                + "::file content::::file end::::file start::".repeat(6),
            "The request has more than 5 files"));
  }

  @ParameterizedTest
  @MethodSource
  void malformed(String bytes, String why) throws IOException {
    var all = latin(bytes);
    assertThat(new Fed().feed(all).progress).isEqualTo(new Malformed(why));
    var slow = new Fed();
    for (var i = 0; i < all.length; i++) {
      slow.feed(all, i, i + 1);
    }
    assertThat(slow.progress).isEqualTo(new Malformed(why));
  }

  static Stream<Arguments> unfinished() {
    return Stream.of(
        Arguments.of("", "The payload holds no '::file start::'"),
        Arguments.of("statusJob;ticket=1", "The payload holds no '::file start::'"),
        Arguments.of("statusJob::file start:", "The payload holds no '::file start::'"),
        Arguments.of("prepareJob::file start::name", "A file holds no '::file content::'"),
        Arguments.of(
            "prepareJob::file start::n::file content::text",
            "The last file does not end with '::file end::'"),
        Arguments.of(
            "prepareJob::file start::n::file content::text::file end::\n",
            "The last file does not end with '::file end::'"));
  }

  @ParameterizedTest
  @MethodSource
  void unfinished(String payload, String why) throws IOException {
    assertThat(new Fed().feed(frame(payload)).progress).isEqualTo(new Malformed(why));
  }

  @Test
  void limitsAreReachedExactly() throws IOException {
    var files = new String[10];
    java.util.Arrays.fill(files, "n".repeat(50));
    assertThat(new Fed().feed(frame(payload("k".repeat(100), files))).progress)
        .isInstanceOf(Complete.class);
    var longest = payload("x", "", "y".repeat(10_000 - 41 - 41 - 2));
    assertThat(frame(longest)).hasSize(10_000 + 6);
    assertThat(new Fed().feed(frame(longest)).progress).isInstanceOf(Complete.class);
  }

  @Test
  void randomBytesNeverBreakIt() throws IOException {
    var random = new Random(8568);
    for (var round = 0; round < 20_000; round++) {
      var bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      feedInPieces(bytes, random);
    }
  }

  @Test
  void mutatedFramesNeverBreakItAndNeverPassWithAnotherPayload() throws IOException {
    var random = new Random(2002);
    var frame = frame(PAYLOAD);
    for (var round = 0; round < 50_000; round++) {
      var fed = feedInPieces(mutated(frame, random), random);
      if (fed.progress instanceof Complete) {
        assertThat(fed.payload.toByteArray()).isEqualTo(PAYLOAD);
      }
    }
  }

  @Test
  void payloadsOfTokensInAnyOrderAreSplitTheSameHoweverTheyAreCut() throws IOException {
    var random = new Random(6570);
    var tokens =
        new String[] {"::file start::", "::file content::", "::file end::", ":", "::", "x"};
    for (var round = 0; round < 20_000; round++) {
      var text = new StringBuilder();
      IntStream.range(0, random.nextInt(12))
          .forEach(_ -> text.append(tokens[random.nextInt(tokens.length)]));
      var frame = frame(text.toString());
      assertThat(feedInPieces(frame, random).progress)
          .as(text.toString())
          .isEqualTo(new Fed().feed(frame).progress);
    }
  }

  private static Fed feedInPieces(byte[] bytes, Random random) throws IOException {
    var fed = new Fed();
    for (var from = 0; from < bytes.length; ) {
      var to = Math.min(bytes.length, from + 1 + random.nextInt(40));
      fed.feed(bytes, from, to);
      from = to;
    }
    return fed;
  }

  private static byte[] mutated(byte[] frame, Random random) {
    var bytes = frame.clone();
    for (var i = 0; i <= random.nextInt(3); i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextBoolean()
        ? bytes
        : java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  private static String text(PayloadLayout.Span span) {
    return new String(PAYLOAD, (int) span.from(), (int) span.bytes(), ISO_8859_1);
  }
}
