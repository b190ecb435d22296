package io.doos.worker.confine;

import io.doos.worker.confine.SystemCallRule.Answer;
import io.doos.worker.confine.SystemCallRule.Condition;
import io.doos.worker.confine.SystemCallRule.Test;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A seccomp filter of system calls, as a program of the kernel's classic packet filter: what {@code
 * bwrap --seccomp} and {@code setpriv --seccomp-filter} read. Made from {@code system-calls.txt};
 * {@code linux/seccomp.h} and {@code linux/bpf_common.h} are its source. Calls of another processor
 * (32-bit programs) kill the process.
 *
 * @param program each an instruction, packed: code 16 bits, jumps 8 bits each, operand 32 bits
 * @param denied how many calls are denied, some with certain arguments only
 */
public record SystemCallFilter(List<Instruction> program, int denied) {

  /**
   * One step of the program.
   *
   * @param ifTrue how many steps are left out when a comparison holds
   * @param ifFalse how many when it does not
   */
  public record Instruction(int code, int ifTrue, int ifFalse, int operand) {

    static final int BYTES = 8;

    public Instruction {
      if (ifTrue > 255 || ifFalse > 255) {
        throw new IllegalArgumentException("too far to jump");
      }
    }
  }

  static final int LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS
  static final int IF_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
  static final int IF_AT_LEAST = 0x35; // BPF_JMP | BPF_JGE | BPF_K
  static final int IF_ANY_BIT = 0x45; // BPF_JMP | BPF_JSET | BPF_K
  static final int RETURN = 0x06; // BPF_RET | BPF_K

  static final int KILL = 0x8000_0000; // SECCOMP_RET_KILL_PROCESS
  static final int ERROR = 0x0005_0000; // SECCOMP_RET_ERRNO
  static final int ALLOW = 0x7fff_0000; // SECCOMP_RET_ALLOW

  /** Offsets in {@code struct seccomp_data}; arguments are 64 bits each, the lower half first. */
  static final int NUMBER = 0;

  static final int ARCH = 4;
  static final int ARGUMENTS = 16;

  private static final int X32 = 0x4000_0000;

  /** The first number that all processors share. */
  private static final int FIRST_COMMON = 424;

  public SystemCallFilter {
    program = List.copyOf(program);
  }

  /**
   * The filter for the processor we run on; empty where we do not know its system calls.
   *
   * @param bare for a jail without namespaces: denies what they would have kept out of reach
   */
  public static Optional<SystemCallFilter> here(boolean bare) {
    return Processor.here().map(processor -> of(processor, bare));
  }

  /**
   * @param bare for a jail without namespaces: denies what they would have kept out of reach
   */
  static SystemCallFilter of(Processor processor, boolean bare) {
    var rules =
        SystemCallRule.all().stream()
            .filter(rule -> rule.number(processor).isPresent())
            .filter(rule -> bare || !rule.bareOnly())
            .toList();
    var steps = new ArrayList<Instruction>();
    steps.add(new Instruction(LOAD, 0, 0, ARCH));
    steps.add(new Instruction(IF_EQUAL, 1, 0, processor.auditArch));
    steps.add(new Instruction(RETURN, 0, 0, KILL));
    steps.add(new Instruction(LOAD, 0, 0, NUMBER));
    if (processor.hasX32) {
      steps.add(new Instruction(IF_AT_LEAST, 0, 1, X32));
      steps.add(answer(Answer.ENOSYS));
    }
    var denied = rules.stream().filter(rule -> rule.answer() != Answer.ALLOW).toList();
    for (var rule : denied) {
      deny(steps, rule, rule.number(processor).getAsInt());
    }
    steps.add(new Instruction(IF_AT_LEAST, 1, 0, FIRST_COMMON));
    steps.add(answer(Answer.ALLOW));
    for (var rule : rules) {
      if (rule.answer() == Answer.ALLOW) {
        steps.add(new Instruction(IF_EQUAL, 0, 1, rule.number(processor).getAsInt()));
        steps.add(answer(Answer.ALLOW));
      }
    }
    steps.add(answer(Answer.ENOSYS));
    var calls = (int) denied.stream().map(SystemCallRule::call).distinct().count();
    return new SystemCallFilter(steps, calls);
  }

  /** As the kernel, and those who hand it to the kernel, read it. */
  public byte[] bytes() {
    var bytes =
        ByteBuffer.allocate(program.size() * Instruction.BYTES).order(ByteOrder.nativeOrder());
    for (var step : program) {
      bytes.putShort((short) step.code()).put((byte) step.ifTrue()).put((byte) step.ifFalse());
      bytes.putInt(step.operand());
    }
    return bytes.array();
  }

  private static Instruction answer(Answer answer) {
    return new Instruction(RETURN, 0, 0, answer == Answer.ALLOW ? ALLOW : ERROR | answer.errno);
  }

  private static void deny(List<Instruction> steps, SystemCallRule rule, int number) {
    var tests = new ArrayList<Instruction>();
    for (var left = rule.conditions().reversed().iterator(); left.hasNext(); ) {
      // from the last to the first: each leaves out what follows it, and the answer, if it fails
      tests.addAll(0, test(left.next(), tests.size() + 1));
    }
    var skipped = tests.size() + 1 + (tests.isEmpty() ? 0 : 1);
    steps.add(new Instruction(IF_EQUAL, 0, skipped, number));
    steps.addAll(tests);
    steps.add(answer(rule.answer()));
    if (!tests.isEmpty()) {
      steps.add(new Instruction(LOAD, 0, 0, NUMBER)); // for the rules to come
    }
  }

  /** Steps that go on when {@code condition} holds, and else leave out {@code skip} more. */
  private static List<Instruction> test(Condition condition, int skip) {
    var lower = ARGUMENTS + 8 * condition.argument();
    var load = new Instruction(LOAD, 0, 0, lower);
    return switch (condition.test()) {
      case Test.Has(var mask) -> List.of(load, new Instruction(IF_ANY_BIT, 0, skip, mask));
      case Test.Lacks(var mask) -> List.of(load, new Instruction(IF_ANY_BIT, skip, 0, mask));
      case Test.Is(var values) -> {
        var steps = new ArrayList<>(List.of(load));
        for (var left = values.size() - 1; left >= 0; left--) {
          var value = values.get(values.size() - 1 - left);
          steps.add(new Instruction(IF_EQUAL, left, left == 0 ? skip : 0, value));
        }
        yield steps;
      }
      case Test.Not(var values) -> {
        var steps = new ArrayList<>(List.of(load));
        for (var left = values.size() - 1; left >= 0; left--) {
          var value = values.get(values.size() - 1 - left);
          steps.add(new Instruction(IF_EQUAL, left + skip, 0, value));
        }
        yield steps;
      }
      case Test.Set() ->
          List.of(
              load,
              new Instruction(IF_EQUAL, 0, 2, 0),
              new Instruction(LOAD, 0, 0, lower + 4),
              new Instruction(IF_EQUAL, skip, 0, 0));
    };
  }
}
