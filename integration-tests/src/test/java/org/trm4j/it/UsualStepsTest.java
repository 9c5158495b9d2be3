package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.Answer;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.frontend.DataText;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.plan.Plan;

/** An attempt takes as many steps as its model usually does, unless its user says otherwise. */
class UsualStepsTest {
  /**
   * This deduction removes next to nothing and calls next to nothing a contradiction: its attempts
   * find no end.
   */
  @ParameterizedTest
  @CsvSource({"trm, 16", "trm-deduction, 40"})
  void followFromTheModel(String policy, int usual) {
    Map<String, Number> arguments =
        policy.equals("trm")
            ? Map.of("T", 1, "n", 1, "layers", 1)
            : Map.of(
                "T", 1, "n", 1, "layers", 1, "eliminateBelow", 1e-9, "conflictAbove", 0.999999);
    try (Dataset dataset = DataText.open("sudoku:size=9,train=1,test=0,maxGivens=30");
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      PuzzleDomain domain = dataset.domain();
      ModelConfig config =
          ModelConfig.builder()
              .hidden(8, 1)
              .tokens(domain.seqLen(), domain.vocabSize())
              .puzzleEmbedding(0, 0, 0)
              .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
              .build();
      ModelDescription description =
          new ModelDescription(config, policy, arguments, domain.id(), domain.options());
      Plan plan = description.plan();
      SavedModel saved =
          new SavedModel(
              description, ParameterInitializer.initialize(plan.parameters(), 3), Map.of());
      Puzzle puzzle = new Puzzle(dataset.split("train").get(0).tokens(), 0);
      try (TrmModel model = TrmModel.open(saved, backend)) {
        assertThat(model.usualSteps()).isEqualTo(usual);
        Answer answer = model.solve(puzzle, SolveOptions.DEFAULT);
        assertThat(answer.steps()).isEqualTo(usual);
        assertThat(answer.ending()).isEqualTo(Answer.Ending.STEP_LIMIT);
        assertThat(model.solve(puzzle, SolveOptions.DEFAULT.withMaxSteps(3)).steps()).isEqualTo(3);
      }
    }
  }
}
