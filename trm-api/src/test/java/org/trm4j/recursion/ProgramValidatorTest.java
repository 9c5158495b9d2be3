package org.trm4j.recursion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trm4j.recursion.RecursionProgram.Builder.repeat;
import static org.trm4j.recursion.RecursionProgram.Builder.update;
import static org.trm4j.recursion.RecursionProgram.Builder.withGradient;
import static org.trm4j.recursion.RecursionProgram.Builder.withoutGradient;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trm4j.model.ModelConfig;
import org.trm4j.task.ParameterLayout;
import org.trm4j.task.TaskProgram;

/** Every kind of wrong program is refused when it is built, in one line that shows the place. */
class ProgramValidatorTest {
  private static final Statement Z = update("z", "net", "z", "y", "x");
  private static final Statement Y = update("y", "net", "y", "z");

  private static RecursionProgram.Builder program() {
    return RecursionProgram.builder("mine")
        .state("y", "H_init")
        .state("z", "L_init")
        .module("net", 2)
        .answer("y");
  }

  private static void refused(RecursionProgram.Builder program, String message) {
    assertThatThrownBy(program::build)
        .isInstanceOf(InvalidProgramException.class)
        .hasMessage("recursion program mine: " + message);
  }

  @Test
  void acceptsARightOne() {
    assertThat(program().then(withoutGradient(repeat(2, Z)), withGradient(Z, Y)).build().name())
        .isEqualTo("mine");
  }

  @Test
  void refusesUnknownStates() {
    refused(
        program().then(withGradient(Z, repeat(2, update("y", "net", "y", "w")))),
        "body[0].withGradient[1].repeat[0] y <- net(y, w): unknown state w, known: [y, z]");
    refused(
        program().then(withGradient(Z, Y, update("w", "net", "y"))),
        "body[0].withGradient[2] w <- net(y, 0): unknown state w, known: [y, z]");
    refused(
        program().then(withGradient(Z, Y)).answer("w"), "answer: unknown state w, known: [y, z]");
    refused(
        program().then(withGradient(Z, Y)).answer("x"), "answer: unknown state x, known: [y, z]");
  }

  @Test
  void refusesAProgramWithoutAnswer() {
    assertThatThrownBy(() -> RecursionProgram.builder("mine").build())
        .isInstanceOf(InvalidProgramException.class)
        .hasMessage("recursion program mine: answer: no state was named");
  }

  @Test
  void refusesToWriteTheInput() {
    refused(
        program().then(withGradient(Z, Y, update("x", "net", "y"))),
        "body[0].withGradient[2] x <- net(y, 0): unknown state x, known: [y, z]");
    refused(
        program().state("x", "H_init").then(withGradient(Z, Y)),
        "states: x is the name of the input and cannot be a state");
  }

  @Test
  void refusesUnknownModulesAndThoseWithoutLayers() {
    refused(
        program().then(withGradient(Z, update("y", "other", "y"))),
        "body[0].withGradient[1] y <- other(y, 0): unknown module other, known: [net]");
    refused(
        program().module("flat", 0).then(withGradient(Z, Y)),
        "module flat: has 0 layers, expected at least 1");
  }

  @Test
  void refusesNamesThatStandTwice() {
    refused(
        program().state("y", "L_init").then(withGradient(Z, Y)),
        "states: two states have the same name in [y, z, y]");
    refused(
        program().module("net", 1).then(withGradient(Z, Y)),
        "modules: two modules have the same name");
  }

  @Test
  void refusesGradientInsideNoGradient() {
    refused(
        program().then(withoutGradient(Z, withGradient(Y))),
        "body[0].withoutGradient[1]: gradient inside no-gradient");
    refused(
        program().then(withGradient(Z), withGradient(repeat(3, withoutGradient(Y)))),
        "body[1].withGradient[0].repeat[0]: no-gradient inside gradient;"
            + " end the gradient region first");
  }

  @Test
  void refusesUpdatesOutsideARegionAndProgramsThatCannotLearn() {
    refused(
        program().then(withGradient(Z), Y),
        "body[1] y <- net(y, z): lies in neither a with-gradient nor a without-gradient region");
    refused(
        program().then(withoutGradient(Z, Y)),
        "body: no update lies in a with-gradient region: the model could not learn");
  }

  @Test
  void refusesLoopsThatRunNever() {
    for (int times : new int[] {0, -1}) {
      refused(
          program().then(withGradient(Y, repeat(times, Z))),
          "body[0].withGradient[1]: repeats " + times + " times, expected at least 1");
    }
  }

  @Test
  void refusesEmptyBodies() {
    refused(program(), "body: is empty");
    refused(program().then(withGradient()), "body[0].withGradient: is empty");
    refused(program().then(withGradient(repeat(2))), "body[0].withGradient[0].repeat: is empty");
    refused(
        program().then(withGradient(Z, update("y", "net", List.of(), List.of("z")))),
        "body[0].withGradient[1] y <- net(, z): has no hidden input");
  }

  @Test
  void refusesStatesThatAreNeverWrittenAndConstantsThatAre() {
    refused(
        program().then(withGradient(Y)),
        "state z: is never written; declare it constant or update it");
    refused(
        program().constantState("c", "L_init").then(withGradient(Z, Y, update("c", "net", "y"))),
        "body[0].withGradient[2] c <- net(y, 0): writes the constant state c");
  }

  /**
   * Both ways out of a state that is never written, and one of a name that stands for two things.
   */
  @Test
  void whatRefusalsAdviseIsAccepted() {
    assertThat(program().then(withGradient(Y, Z)).build().name()).isEqualTo("mine");
    RecursionProgram constant =
        RecursionProgram.builder("mine")
            .state("y", "H_init")
            .constantState("z", "L_init")
            .module("net", 2)
            .answer("y")
            .then(withGradient(Y))
            .build();
    assertThat(constant.name()).isEqualTo("mine");
    RecursionProgram named =
        program()
            .state("c", "mine_init")
            .then(withGradient(Z, update("c", "net", "c"), update("y", "net", "y", "c")))
            .build();
    ModelConfig config = ModelConfig.builder().hidden(4, 1).tokens(1, 2).build();
    assertThat(ParameterLayout.of(config, TaskProgram.published(named)))
        .anyMatch(spec -> spec.name().contains("mine_init"));
  }

  private static RecursionProgram.Builder withScratchpad() {
    return RecursionProgram.builder("mine").state("y", "H_init").module("net", 2).answer("y");
  }

  @Test
  void aStateThatStartsAsTheInputIsNotKept() {
    LatentState.Start input = new LatentState.Start.Input();
    refused(
        withScratchpad().state("z", input).then(withGradient(Z, Y)),
        "state z: starts as the input, which may change between steps, and is kept; let it start"
            + " anew at every step, or begin with an update that reads x");
    // What it advises: both.
    assertThat(withScratchpad().freshState("z", input).then(withGradient(Z, Y)).build().name())
        .isEqualTo("mine");
    assertThat(
            withScratchpad()
                .state("z", "L_init")
                .then(withGradient(update("z", "net", "z", "x"), Y))
                .build()
                .name())
        .isEqualTo("mine");
  }

  private static void notTrained(RecursionProgram.Builder builder, String module) {
    RecursionProgram program = builder.build();
    assertThatThrownBy(() -> TaskProgram.published(program))
        .isInstanceOf(InvalidProgramException.class)
        .hasMessageContaining(
            "module "
                + module
                + ": is not reached by the loss, which reads [y]: its parameters would never be"
                + " trained");
  }

  @Test
  void refusesModulesThatTheLossDoesNotReach() {
    // Without gradient, overwritten before the answer, computed after it, and never used.
    Statement low = update("z", "low", "z", "x");
    notTrained(program().module("low", 1).then(withoutGradient(low), withGradient(Y)), "low");
    notTrained(
        program().module("low", 1).then(withGradient(low, update("z", "net", "x"), Y)), "low");
    notTrained(program().module("low", 1).then(withGradient(Z, Y, low)), "low");
    notTrained(program().module("low", 1).then(withGradient(Z, Y)), "low");
    // The answer is written without gradient last.
    notTrained(program().then(withGradient(Z, Y), withoutGradient(Y)), "net");
  }

  @Test
  void acceptsModulesThatTheLossReachesOnlyInALaterRound() {
    // From y to z in the second round, from z to the module in the first.
    Statement low = update("z", "low", "x");
    RecursionProgram twice =
        program().module("low", 1).then(withGradient(repeat(2, Y, low))).build();
    assertThat(TaskProgram.published(twice).recursion()).isEqualTo(twice);
    assertThat(twice.trainedModules(Set.of("y"))).containsExactlyInAnyOrder("net", "low");
    assertThat(twice.trainedModules(Set.of("z"))).containsExactly("low");
    notTrained(program().module("low", 1).then(withGradient(repeat(1, Y, low))), "low");
  }

  @Test
  void refusesAStateThatStartsAsAParameterOfTheNetwork() {
    ModelConfig config = ModelConfig.builder().hidden(4, 1).tokens(1, 2).build();
    for (String name : new String[] {"q_head.bias", "lm_head.weight", "H_init"}) {
      RecursionProgram program =
          program()
              .state("c", name)
              .then(withGradient(Z, update("c", "net", "c"), update("y", "net", "y", "c")))
              .build();
      assertThatThrownBy(() -> ParameterLayout.of(config, TaskProgram.published(program)))
          .isInstanceOf(InvalidProgramException.class)
          .hasMessageContaining("parameter " + name + ": stands for two things");
    }
  }

  @Test
  void countsThatOverflowAreNotSmallNumbers() {
    RecursionProgram program =
        program()
            .then(withoutGradient(repeat(1 << 20, repeat(1 << 20, Z))), withGradient(Z, Y))
            .build();
    assertThatThrownBy(program::networkEvaluations).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(program::effectiveDepth).isInstanceOf(ArithmeticException.class);
  }
}
