package io.doos.worker.confine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A line of {@code system-calls.txt}: how one system call is answered.
 *
 * @param numbers by processor; none where it has no such call
 * @param bareOnly whether it counts only in jails without namespaces
 * @param conditions all must hold
 */
record SystemCallRule(
    String call,
    Map<Processor, Integer> numbers,
    Answer answer,
    boolean bareOnly,
    List<Condition> conditions) {

  /** What a call gets instead of being done, or that it is done. */
  enum Answer {
    ALLOW(0),
    /** Not done, and said to be done. */
    NOTHING(0),
    EPERM(1),
    ENOSYS(38),
    EAFNOSUPPORT(97);

    /** The kernel's number of the error, the same on all its processors. */
    final int errno;

    Answer(int errno) {
      this.errno = errno;
    }
  }

  /**
   * Something about one argument of the call.
   *
   * @param argument 0 to 5
   */
  record Condition(int argument, Test test) {}

  /** What is asked of an argument. */
  sealed interface Test {

    /** Any bit of the mask is set. */
    record Has(int mask) implements Test {}

    /** No bit of the mask is set. */
    record Lacks(int mask) implements Test {}

    /** Its lower half is one of these. */
    record Is(List<Integer> values) implements Test {}

    /** Its lower half is none of these. */
    record Not(List<Integer> values) implements Test {}

    /** It is not zero, all 64 bits of it. */
    record Set() implements Test {}
  }

  SystemCallRule {
    numbers = Map.copyOf(numbers);
    conditions = List.copyOf(conditions);
    if (answer == Answer.ALLOW && !(conditions.isEmpty() && !bareOnly)) {
      throw new IllegalArgumentException(call + " is allowed always or not at all");
    }
  }

  OptionalInt number(Processor processor) {
    var number = numbers.get(processor);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** All of them, in the order of the list. */
  static List<SystemCallRule> all() {
    try (var list =
        Objects.requireNonNull(SystemCallRule.class.getResourceAsStream("system-calls.txt"))) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(SystemCallRule::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SystemCallRule parse(String line) {
    var words = line.trim().split("\\s+", -1);
    var numbers = new java.util.EnumMap<Processor, Integer>(Processor.class);
    for (var processor : Processor.values()) {
      var number = words[processor.column];
      if (!number.equals("-")) {
        numbers.put(processor, Integer.valueOf(number));
      }
    }
    var bareOnly =
        switch (words[4]) {
          case "all" -> false;
          case "bare" -> true;
          default -> throw new IllegalArgumentException(line);
        };
    var conditions = new ArrayList<Condition>();
    for (var word = 5; word < words.length; ) {
      var argument = Integer.parseInt(words[word].substring("arg".length()));
      var test = words[word + 1];
      var operand = test.equals("set") ? "" : words[word + 2];
      conditions.add(new Condition(argument, test(test, operand)));
      word += operand.isEmpty() ? 2 : 3;
    }
    var answer = words[3].equals("allow") ? Answer.ALLOW : Answer.valueOf(words[3]);
    return new SystemCallRule(words[0], numbers, answer, bareOnly, conditions);
  }

  private static Test test(String test, String operand) {
    return switch (test) {
      case "has" -> new Test.Has(Long.decode(operand).intValue());
      case "lacks" -> new Test.Lacks(Long.decode(operand).intValue());
      case "is" -> new Test.Is(values(operand));
      case "not" -> new Test.Not(values(operand));
      case "set" -> new Test.Set();
      default -> throw new IllegalArgumentException(test);
    };
  }

  private static List<Integer> values(String list) {
    return java.util.Arrays.stream(list.split(",", -1))
        .map(value -> Long.decode(value).intValue())
        .toList();
  }
}
