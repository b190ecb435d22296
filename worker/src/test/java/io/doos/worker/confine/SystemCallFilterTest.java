package io.doos.worker.confine;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.worker.confine.SystemCallRule.Answer;
import io.doos.worker.confine.SystemCallRule.Condition;
import io.doos.worker.confine.SystemCallRule.Test.Has;
import io.doos.worker.confine.SystemCallRule.Test.Is;
import io.doos.worker.confine.SystemCallRule.Test.Lacks;
import io.doos.worker.confine.SystemCallRule.Test.Not;
import io.doos.worker.confine.SystemCallRule.Test.Set;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SystemCallFilterTest {

  private static final long UPPER_HALF = 0x7fff_ffff_0000_0000L;

  @ParameterizedTest
  @EnumSource
  void everyRuleOfTheListIsAnsweredAsItSays(Processor processor) {
    var machine = new FilterMachine(SystemCallFilter.of(processor, true));
    for (var rule : SystemCallRule.all()) {
      if (rule.answer() != Answer.ALLOW && rule.number(processor).isPresent()) {
        var number = rule.number(processor).getAsInt();
        assertThat(
                machine.answer(processor.auditArch, number, SystemCallProbe.deniedArguments(rule)))
            .as(rule.call())
            .isEqualTo(SystemCallFilter.ERROR | rule.answer().errno);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatNoConditionHoldsForIsAllowed(Processor processor) {
    var machine = new FilterMachine(SystemCallFilter.of(processor, false));
    var conditional =
        SystemCallRule.all().stream().filter(rule -> !rule.conditions().isEmpty()).toList();
    assertThat(conditional).hasSizeGreaterThan(10);
    for (var rule : conditional) {
      if (rule.number(processor).isPresent() && !rule.bareOnly()) {
        for (var condition : rule.conditions()) {
          var arguments = SystemCallProbe.deniedArguments(rule);
          arguments[condition.argument()] = allowed(condition);
          assertThat(
                  machine.answer(processor.auditArch, rule.number(processor).getAsInt(), arguments))
              .as(rule.call())
              .isEqualTo(SystemCallFilter.ALLOW);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void oldCallsThatAreNotNamedAreAllowedAndNewOnesAreNot(Processor processor) {
    var machine = new FilterMachine(SystemCallFilter.of(processor, true));
    var named = new HashSet<Integer>();
    var allowed = new HashSet<Integer>();
    for (var rule : SystemCallRule.all()) {
      rule.number(processor)
          .ifPresent(number -> (rule.answer() == Answer.ALLOW ? allowed : named).add(number));
    }
    for (var number = 0; number < 2000; number++) {
      if (!named.contains(number)) {
        assertThat(machine.answer(processor.auditArch, number))
            .as("call " + number)
            .isEqualTo(
                number < 424 || allowed.contains(number)
                    ? SystemCallFilter.ALLOW
                    : SystemCallFilter.ERROR | Answer.ENOSYS.errno);
      }
    }
  }

  @Test
  void namespacesMakeTheStricterRulesNeedless() {
    var kill = 62;
    var arch = Processor.X86_64.auditArch;
    assertThat(new FilterMachine(SystemCallFilter.of(Processor.X86_64, false)).answer(arch, kill))
        .isEqualTo(SystemCallFilter.ALLOW);
    assertThat(new FilterMachine(SystemCallFilter.of(Processor.X86_64, true)).answer(arch, kill))
        .isEqualTo(SystemCallFilter.ERROR | 1);
  }

  @Test
  void aThreadIsAllowedWhereAProcessIsNot() {
    var clone = 56;
    var thread = 0x3d0f00; // what glibc's pthread_create asks for
    var fork = 0x1200011;
    var machine = new FilterMachine(SystemCallFilter.of(Processor.X86_64, true));
    var arch = Processor.X86_64.auditArch;
    assertThat(machine.answer(arch, clone, thread)).isEqualTo(SystemCallFilter.ALLOW);
    assertThat(machine.answer(arch, clone, fork)).isEqualTo(SystemCallFilter.ERROR | 1);
  }

  @Test
  void callsOfOtherProcessorsEndTheProcess() {
    var i386 = 0x4000_0003;
    var x32 = 0x4000_0000;
    var machine = new FilterMachine(SystemCallFilter.of(Processor.X86_64, false));
    assertThat(machine.answer(i386, 1)).isEqualTo(SystemCallFilter.KILL);
    assertThat(machine.answer(Processor.X86_64.auditArch, x32 + 101))
        .isEqualTo(SystemCallFilter.ERROR | Answer.ENOSYS.errno);
  }

  @ParameterizedTest
  @EnumSource
  void theKernelTakesNoLongerProgram(Processor processor) {
    var mostSteps = 4096; // BPF_MAXINSNS
    var filter = SystemCallFilter.of(processor, true);
    assertThat(filter.program()).hasSizeLessThan(mostSteps);
    assertThat(filter.bytes()).hasSize(8 * filter.program().size());
  }

  private static long allowed(Condition condition) {
    return switch (condition.test()) {
      case Has(var mask) -> UPPER_HALF | (~mask & 0xffff_ffffL);
      case Lacks(var mask) -> mask;
      case Is _ -> 0x7eadbeef;
      case Not(var values) -> UPPER_HALF | (values.getLast() & 0xffff_ffffL);
      case Set _ -> 0;
    };
  }
}
