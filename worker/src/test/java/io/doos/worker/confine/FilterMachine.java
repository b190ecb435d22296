package io.doos.worker.confine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a filter's program as the kernel does, for one system call. */
record FilterMachine(SystemCallFilter filter) {

  /** What the program answers for call {@code number}; arguments not given are 0. */
  int answer(int arch, int number, long... arguments) {
    var data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(SystemCallFilter.NUMBER, number).putInt(SystemCallFilter.ARCH, arch);
    for (var i = 0; i < arguments.length; i++) {
      data.putLong(SystemCallFilter.ARGUMENTS + 8 * i, arguments[i]);
    }
    var accumulator = 0;
    for (var at = 0; ; at++) {
      var step = filter.program().get(at);
      var k = step.operand();
      switch (step.code()) {
        case SystemCallFilter.LOAD -> accumulator = data.getInt(k);
        case SystemCallFilter.RETURN -> {
          return k;
        }
        case SystemCallFilter.IF_EQUAL -> at += accumulator == k ? step.ifTrue() : step.ifFalse();
        case SystemCallFilter.IF_ANY_BIT ->
            at += (accumulator & k) != 0 ? step.ifTrue() : step.ifFalse();
        case SystemCallFilter.IF_AT_LEAST ->
            at += Integer.compareUnsigned(accumulator, k) >= 0 ? step.ifTrue() : step.ifFalse();
        default -> throw new IllegalStateException("no such instruction: " + step);
      }
    }
  }
}
