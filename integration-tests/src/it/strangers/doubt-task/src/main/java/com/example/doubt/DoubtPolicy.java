package com.example.doubt;

import static org.trm4j.recursion.RecursionProgram.Builder.*;

import java.util.List;
import java.util.Map;
import org.trm4j.model.ModelConfig;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
import org.trm4j.task.*;

/**
 * A model that says for each cell what stands there and whether it doubts that, after every round.
 */
public final class DoubtPolicy implements RecursionPolicyProvider {
  public String id() {
    return "doubt";
  }

  public int spiVersion() {
    return SPI_VERSION;
  }

  public String description() {
    return "answers, and doubts its answers, after each of n rounds";
  }

  public PolicyArguments defaults() {
    return PolicyArguments.of("n", 2);
  }

  public RecursionProgram program(PolicyArguments arguments) {
    return RecursionProgram.builder(arguments.title(id()))
        .state("s", "s_init")
        .module("net", 2)
        .then(withGradient(repeat(arguments.get("n"), update("s", "net", "s", "x"), supervise())))
        .answer("s")
        .build();
  }

  public TaskProgram task(PolicyArguments arguments, ModelConfig config) {
    return new TaskProgram(
        program(arguments),
        new TaskProgram.Input.Tokens(),
        new Objective.Terms(
            List.of(
                Objective.Head.cells("logits", config.vocabSize(), "s"),
                Objective.Head.cells("doubt", 1, "s")),
            List.of(
                Objective.Term.of(
                    "right",
                    "logits",
                    Objective.Term.LossKind.SOFTMAX,
                    Objective.Term.Target.LABELS,
                    1),
                Objective.Term.of(
                    "doubted",
                    "doubt",
                    Objective.Term.LossKind.BINARY,
                    new Objective.Term.Target.Given("doubted"),
                    0.5))),
        new TaskProgram.TransitionUse("doubt", Map.of()));
  }
}
