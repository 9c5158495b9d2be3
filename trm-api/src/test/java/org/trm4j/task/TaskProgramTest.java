package org.trm4j.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trm4j.recursion.RecursionProgram.Builder.detach;
import static org.trm4j.recursion.RecursionProgram.Builder.supervise;
import static org.trm4j.recursion.RecursionProgram.Builder.update;
import static org.trm4j.recursion.RecursionProgram.Builder.withGradient;
import static org.trm4j.recursion.RecursionProgram.Builder.withoutGradient;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trm4j.recursion.InvalidProgramException;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.Statement;

/** What does not fit together is refused by its place. */
class TaskProgramTest {
  private static final Statement UPDATE = update("h", "net", "h", "x");

  private static RecursionProgram program(Statement... body) {
    return RecursionProgram.builder("p")
        .state("h", "h_init")
        .module("net", 1)
        .then(body)
        .answer("h")
        .build();
  }

  private static TaskProgram task(
      List<Objective.Head> heads,
      List<Objective.Term> terms,
      TaskProgram.@Nullable TransitionUse transition) {
    return new TaskProgram(
        program(withGradient(UPDATE)),
        new TaskProgram.Input.Tokens(),
        new Objective.Terms(heads, terms),
        Optional.ofNullable(transition));
  }

  private static final Objective.Head LOGITS = Objective.Head.cells("logits", 5, "h");
  private static final Objective.Term RIGHT =
      Objective.Term.of(
          "right", "logits", Objective.Term.LossKind.SOFTMAX, Objective.Term.Target.LABELS, 1);
  private static final TaskProgram.TransitionUse USE =
      new TaskProgram.TransitionUse("any", Map.of());

  private static void refused(Supplier<Object> made, String... words) {
    assertThatThrownBy(made::get)
        .isInstanceOf(InvalidProgramException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void headsAndTermsMustFit() {
    assertThat(task(List.of(LOGITS), List.of(RIGHT), null).isPublished()).isFalse();
    refused(() -> task(List.of(), List.of(RIGHT), null), "no heads or no terms");
    refused(() -> task(List.of(LOGITS, LOGITS), List.of(RIGHT), null), "distinct names", "[logits");
    refused(
        () -> task(List.of(Objective.Head.cells("logits", 5, "y")), List.of(RIGHT), null),
        "head logits",
        "reads state y, expected one of [h]");
    refused(
        () -> task(List.of(Objective.Head.cells("logits", 0, "h")), List.of(RIGHT), null),
        "has width 0");
    refused(
        () -> task(List.of(Objective.Head.cells("other", 5, "h")), List.of(RIGHT), USE),
        "term right",
        "reads head logits, expected one of [other]");
    refused(
        () ->
            task(
                List.of(LOGITS),
                List.of(
                    Objective.Term.of(
                        "t",
                        "logits",
                        Objective.Term.LossKind.BINARY,
                        Objective.Term.Target.LABELS,
                        1)),
                null),
        "expected a class loss");
    refused(
        () ->
            task(
                List.of(LOGITS),
                List.of(
                    Objective.Term.of(
                        "t",
                        "logits",
                        Objective.Term.LossKind.SOFTMAX,
                        Objective.Term.Target.LABELS,
                        Double.NaN)),
                null),
        "has factors NaN");
    refused(
        () ->
            task(
                List.of(LOGITS),
                List.of(
                    Objective.Term.of(
                        "t",
                        "logits",
                        Objective.Term.LossKind.SOFTMAX,
                        new Objective.Term.Target.Given("t"),
                        1)),
                null),
        "needs a transition that gives it");
    refused(
        () ->
            task(
                List.of(new Objective.Head("logits", Objective.Head.Rows.MEAN, 5, "h", 0)),
                List.of(
                    Objective.Term.of(
                        "t",
                        "logits",
                        Objective.Term.LossKind.SOFTMAX,
                        new Objective.Term.Target.Given("t"),
                        1)),
                null),
        "needs a transition");
  }

  @Test
  void targetsThatFollowFromHeadsMustFit() {
    Objective.Head halt = new Objective.Head("q_halt", Objective.Head.Rows.FIRST, 1, "h", 0);
    Objective.Head wide = new Objective.Head("wide", Objective.Head.Rows.MEAN, 2, "h", 0);
    List<Objective.Head> heads = List.of(LOGITS, halt, wide);
    Objective.Term.Target exact = new Objective.Term.Target.Exact("logits", "labels");
    assertThat(task(heads, List.of(RIGHT, binary("q_halt", exact)), null).isPublished()).isFalse();
    refused(() -> task(heads, List.of(binary("wide", exact)), null), "term t", "2 logits of MEAN");
    refused(() -> task(heads, List.of(binary("logits", exact)), null), "5 logits of CELLS");
    refused(
        () ->
            task(heads, List.of(binary("q_halt", new Objective.Term.Target.Exact("no", "x"))), USE),
        "reads head no, expected one of [logits, q_halt, wide]");
    refused(
        () ->
            task(
                heads,
                List.of(binary("q_halt", new Objective.Term.Target.Exact("wide", "labels"))),
                null),
        "compares head wide with labels");
    refused(
        () ->
            task(
                heads,
                List.of(binary("q_halt", new Objective.Term.Target.Exact("logits", "mine"))),
                null),
        "needs a transition that gives it");
    refused(
        () -> task(heads, List.of(further(List.of(), "q_halt")), null), "the largest of no heads");
    refused(
        () -> task(heads, List.of(further(List.of("q_halt", "wide"), "q_halt")), null),
        "head wide: reads 2 logits");
    refused(() -> task(heads, List.of(further(List.of("q_halt"), "q")), null), "reads head q,");
  }

  private static Objective.Term binary(String head, Objective.Term.Target target) {
    return Objective.Term.of("t", head, Objective.Term.LossKind.BINARY, target, 1);
  }

  private static Objective.Term further(List<String> heads, String last) {
    return binary("q_halt", new Objective.Term.Target.NextStep(heads, last));
  }

  @Test
  void inputsAndStatementsMustFit() {
    refused(
        () ->
            new TaskProgram(
                program(withGradient(UPDATE)),
                new TaskProgram.Input.TokenSets(5),
                new Objective.Terms(List.of(LOGITS), List.of(RIGHT))),
        "sets need a transition");
    refused(
        () -> TaskProgram.published(program(withGradient(UPDATE, supervise()))),
        "supervise needs terms");
    refused(
        () -> program(withoutGradient(supervise()), withGradient(UPDATE)),
        "body[0].withoutGradient[0]",
        "supervise outside a with-gradient region");
    refused(
        () -> program(withGradient(UPDATE), withoutGradient(detach("h"))),
        "detach outside a with-gradient region");
    refused(() -> program(withGradient(UPDATE, detach("q"))), "unknown state q");
  }
}
