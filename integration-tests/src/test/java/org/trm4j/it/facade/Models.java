package org.trm4j.it.facade;

import java.util.Map;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;

/** Small models that were never trained. */
final class Models {
  static final String PUZZLE = "3.1.4..2.......1";

  private Models() {}

  /** Returns a model of 4x4 Sudoku. */
  static SavedModel sudoku(Map<String, Number> arguments) {
    return model(16, 6, arguments, "sudoku", Map.of("size", "4"));
  }

  static SavedModel sudoku() {
    return sudoku(Map.of("T", 2, "n", 2, "layers", 1));
  }

  static SavedModel model(
      int tokens,
      int vocabulary,
      Map<String, Number> arguments,
      String domain,
      Map<String, String> options) {
    return model(tokens, vocabulary, arguments, domain, options, 16);
  }

  static SavedModel model(
      int tokens,
      int vocabulary,
      Map<String, Number> arguments,
      String domain,
      Map<String, String> options,
      int hidden) {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(hidden, 2)
            .tokens(tokens, vocabulary)
            .puzzleEmbedding(hidden, 1, 1)
            .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
            .build();
    ModelDescription description = new ModelDescription(config, "trm", arguments, domain, options);
    return new SavedModel(
        description, ParameterInitializer.initialize(description.plan().parameters(), 5), Map.of());
  }
}
