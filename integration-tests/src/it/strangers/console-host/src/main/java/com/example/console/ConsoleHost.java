package com.example.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.trm4j.Answer;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;

/** Makes a model with random weights where the file does not exist, and solves one puzzle of tokens. */
public final class ConsoleHost {
  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    if (!Files.exists(file)) {
      ModelConfig config =
          ModelConfig.builder().hidden(32, 4).tokens(9, 4).puzzleEmbedding(32, 1, 1).build();
      ModelDescription description = new ModelDescription(config, "trm", Map.of(), "", Map.of());
      ModelFiles.write(
          file,
          new SavedModel(
              description, ParameterInitializer.initialize(description.plan().parameters(), 3), Map.of()));
    }
    try (TrmModel model = TrmModel.open(file)) {
      Puzzle puzzle = new Puzzle(new int[] {1, 0, 0, 0, 2, 0, 0, 0, 3}, 0);
      Answer answer = model.solve(puzzle, SolveOptions.DEFAULT.withMaxSteps(2));
      System.out.println("device " + model.device());
      System.out.println("answer " + Arrays.toString(answer.tokens()));
      System.out.println("drafts " + answer.drafts().size());
    }
  }
}
