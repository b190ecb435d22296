package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BlockMeterTest {

  private static final int MAX = 1000;

  private final BlockMeter meter = new BlockMeter(MAX);

  private static byte[] blocks(int... lengths) {
    var bytes = ByteBuffer.allocate(8 * lengths.length + 10 * MAX);
    for (var length : lengths) {
      bytes.putInt(length).putInt(1);
      bytes.position(bytes.position() + Math.clamp(length, 0, MAX));
    }
    return java.util.Arrays.copyOf(bytes.array(), bytes.position());
  }

  @Test
  void blocksUpToTheLimitPassWhereverTheyAreCut() {
    var bytes = blocks(MAX, 0, 1, MAX);
    for (var step = 1; step < 20; step++) {
      for (var at = 0; at < bytes.length; at += step) {
        var part = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + step));
        assertThat(meter.take(part, part.length)).isTrue();
      }
    }
  }

  @Test
  void aLargerOneIsToldFromItsFirstFourBytes() {
    var bytes = blocks(5, MAX + 1);
    assertThat(meter.take(bytes, 8 + 5 + 3)).isTrue();
    assertThat(meter.take(new byte[] {(byte) ((MAX + 1) & 0xFF)}, 1)).isFalse();
  }

  @Test
  void lengthsAreUnsigned() {
    assertThat(meter.take(blocks(-1), 8)).isFalse();
  }
}
