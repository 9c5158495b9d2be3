package com.example.policy;

import static org.trm4j.recursion.RecursionProgram.Builder.repeat;
import static org.trm4j.recursion.RecursionProgram.Builder.update;
import static org.trm4j.recursion.RecursionProgram.Builder.withGradient;

import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;

/** Thinks n times, then updates the answer twice in a row. */
public final class DoubleAnswerPolicy implements RecursionPolicyProvider {
  public String id() {
    return "double-answer";
  }

  public int spiVersion() {
    return SPI_VERSION;
  }

  public String description() {
    return "updates the answer twice in a row";
  }

  public PolicyArguments defaults() {
    return PolicyArguments.of("n", 4);
  }

  public RecursionProgram program(PolicyArguments arguments) {
    return RecursionProgram.builder(arguments.title(id()))
        .state("z_H", "H_init")
        .state("z_L", "L_init")
        .module("L_level", 2)
        .then(
            withGradient(
                repeat(arguments.get("n"), update("z_L", "L_level", "z_L", "z_H", "x")),
                repeat(2, update("z_H", "L_level", "z_H", "z_L"))))
        .answer("z_H")
        .build();
  }
}
