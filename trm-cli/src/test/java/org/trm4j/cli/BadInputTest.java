package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.cli.terminal.Failures;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.training.config.TrainingConfigs;

/**
 * Bad input gets one line that names what was expected and found, an exit code, and no stack trace.
 */
class BadInputTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void saveModel() {
    model = folder.resolve("model.safetensors");
    ModelDescription description = description();
    ModelFiles.write(
        model,
        new SavedModel(
            description,
            ParameterInitializer.initialize(description.plan().parameters(), 1),
            Map.of()));
  }

  private static ModelDescription description() {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(32, 4)
            .tokens(81, 11)
            .puzzleEmbedding(32, 1, 1)
            .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
            .build();
    return new ModelDescription(
        config, "trm", Map.of("T", 1, "n", 1), "sudoku", Map.of("size", "9"));
  }

  private static void refused(Run run, String... parts) {
    assertThat(run.code()).as(run.err()).isEqualTo(Failures.BAD_INPUT);
    assertThat(run.err().strip()).hasLineCount(1).startsWith("trm: ").contains(parts);
  }

  private Run solve(String puzzle) {
    return Run.of("solve", "--model", model, "--puzzle", puzzle, "--backend", "cpu-scalar");
  }

  @Test
  void truncatedModel() throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    Files.write(model, Arrays.copyOf(bytes, bytes.length - 100));
    refused(solve(".".repeat(81)), "model.safetensors", "truncated");
  }

  @Test
  void parameterOfAnotherShape() {
    SavedModel saved = ModelFiles.read(model);
    Map<String, Tensor> tensors = new LinkedHashMap<>(saved.parameters().tensors());
    tensors.put("lm_head.weight", Tensor.of(Shape.of(2, 2), 1, 2, 3, 4));
    ModelFiles.write(
        model, new SavedModel(saved.description(), new ParameterSet(tensors), Map.of()));
    refused(solve(".".repeat(81)), "lm_head.weight", "[2, 2]", "expected [11, 32]");
  }

  @Test
  void puzzleOf80Characters() {
    refused(solve(".".repeat(80)), "80 characters", "expected 81");
  }

  @Test
  void twoEqualGivensInARow() {
    refused(solve("5.......5" + ".".repeat(72)), "row 1 holds 5 twice");
  }

  @Test
  void unknownCharacter() {
    refused(solve("x" + ".".repeat(80)), "character 'x' at position 1");
  }

  @Test
  void unknownBackend() {
    refused(Run.of("bench", "--backend", "cuda"), "unknown backend cuda", "cpu-scalar");
  }

  @Test
  void negativeBatch() {
    refused(Run.of("bench", "--batch", "-1"), "batch -1");
    refused(
        Run.of(
            "train",
            "--data",
            "sudoku:size=4,train=4,test=4",
            "--config",
            "demo",
            "--out",
            folder.resolve("run"),
            "--set",
            "run.batch=-1"),
        "batch",
        "-1");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void threadsThatNoMachineHas() {
    refused(Run.of("bench", "--threads", "1000000"), "threads: 1000000, expected 0");
    refused(Run.of("bench", "--threads", "-1"), "threads: -1, expected at least 1, or 0");
  }

  @Test
  void goldenFolderThatIsMissing() {
    refused(Run.of("parity", folder.resolve("none")), "none: no such folder");
  }

  @Test
  void configurationFileWithAnUnknownKey() throws IOException {
    Path file = folder.resolve("c.json");
    Files.writeString(
        file, TrainingConfigs.toJson(TrainingConfigs.recipe("demo")).replace("\"run\"", "\"ran\""));
    refused(
        Run.of(
            "train",
            "--data",
            "sudoku:size=4,train=4,test=4",
            "--config",
            file,
            "--out",
            folder.resolve("run")),
        "c.json: training configuration: ");
  }

  @Test
  void runFolderThatCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    refused(
        Run.of(
            "train",
            "--data",
            "sudoku:size=4,train=4,test=4",
            "--config",
            "demo",
            "--out",
            file.resolve("run")),
        "run folder",
        "cannot be made");
  }

  @Test
  void optionsThatHaveNoEffectOnAResumedRun() throws IOException {
    Files.createDirectory(folder.resolve("run"));
    Files.writeString(
        folder.resolve("run/config.json"), TrainingConfigs.toJson(TrainingConfigs.recipe("demo")));
    for (String option : new String[] {"--data=sudoku:size=4,train=4,test=4", "--config=demo"}) {
      refused(
          Run.of("train", "--resume", "--out", folder.resolve("run"), option),
          option.substring(0, option.indexOf('=')),
          "no effect with --resume");
    }
  }

  @Test
  void puzzlesOfAnotherKindWithTheSizesOfTheModel() {
    Path small = folder.resolve("small.safetensors");
    ModelConfig config =
        ModelConfig.builder()
            .hidden(32, 4)
            .tokens(16, 6)
            .puzzleEmbedding(32, 1, 1)
            .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
            .build();
    ModelDescription description =
        new ModelDescription(config, "trm", Map.of("T", 1, "n", 1), "sudoku", Map.of("size", "4"));
    ModelFiles.write(
        small,
        new SavedModel(
            description,
            ParameterInitializer.initialize(description.plan().parameters(), 1),
            Map.of()));
    refused(
        Run.of("eval", "--model", small, "--data", "maze:size=4,minPath=2,train=1,test=2"),
        "maze",
        "expected sudoku");
  }

  @Test
  void unknownHaltingPolicy() {
    refused(
        Run.of("solve", "--model", model, "--puzzle", ".".repeat(81), "--halt", "never"),
        "--halt: unknown halting policy never",
        "fixed");
    refused(
        Run.of("solve", "--model", model, "--puzzle", ".".repeat(81), "--halt", "halt-head=2"),
        "--halt: halting policy halt-head: argument 2, expected a probability");
    refused(
        Run.of(
            "train",
            "--config",
            "demo",
            "--out",
            folder.resolve("q"),
            "--set",
            "recursion.arguments.q=3"),
        "recursion.arguments: recursion policy trm: unknown argument q, expected [");
    refused(
        Run.of(
            "train",
            "--config",
            "demo",
            "--out",
            folder.resolve("q"),
            "--set",
            "recursion.policy=x"),
        "recursion.policy: unknown recursion policy x; found: ");
  }

  @Test
  void dataOfAnotherSize() {
    refused(
        Run.of("eval", "--model", model, "--data", "sudoku:size=4,train=1,test=2"),
        "sudoku {size=4}",
        "expected sudoku {size=9} as the model was trained on");
  }

  @Test
  void unknownDataOption() {
    refused(Run.of("eval", "--model", model, "--data", "sudoku:sise=4"), "unknown option sise");
  }

  @Test
  void unknownRecipeAndValue() {
    Object[] base = {
      "train", "--data", "sudoku:size=4,train=4,test=4", "--out", folder.resolve("run"), "--config"
    };
    Object[] recipe = Arrays.copyOf(base, base.length + 1);
    recipe[base.length] = "chess";
    refused(Run.of(recipe), "unknown recipe chess", "sudoku-mlp");
  }

  @Test
  void missingModel() {
    refused(Run.of("info", folder.resolve("absent")), "no such file");
  }

  @Test
  void unknownCommand() {
    Run run = Run.of("trian");
    assertThat(run.code()).isEqualTo(Failures.BAD_INPUT);
    assertThat(run.err()).contains("trian").contains("trm train");
  }
}
