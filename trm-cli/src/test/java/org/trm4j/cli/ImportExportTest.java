package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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

/** From a model to a torch file, and from that to a run that solves and is evaluated. */
class ImportExportTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void saveModel() {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(16, 2)
            .tokens(16, 6)
            .puzzleEmbedding(16, 1, 1)
            .mixer(ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY)
            .build();
    ModelDescription description =
        new ModelDescription(config, "trm", Map.of("T", 1, "n", 1), "sudoku", Map.of("size", "4"));
    model = folder.resolve("model.safetensors");
    ModelFiles.write(
        model,
        new SavedModel(
            description,
            ParameterInitializer.initialize(description.plan().parameters(), 1),
            Map.of()));
  }

  private static Run succeeds(Object... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static void refused(Run run, String... parts) {
    assertThat(run.code()).as(run.err()).isEqualTo(Failures.BAD_INPUT);
    assertThat(run.err().strip()).hasLineCount(1).startsWith("trm: ").contains(parts);
  }

  @Test
  void whatIsExportedIsImportedSolvesAndIsEvaluated() throws Exception {
    Path torch = folder.resolve("step_4");
    assertThat(succeeds("export", model, "--format", "torch", "--out", torch).out())
        .contains("step_4 and step_4.yaml written");
    Path run = folder.resolve("run");
    assertThat(succeeds("import", torch, "--out", run).out())
        .contains("weights: under '_orig_mod.model.inner.'", "trm(T=1, n=1", "sudoku {size=4}");
    String puzzle = "1...............";
    String own =
        Run.of(
                "solve",
                "--model",
                model,
                "--puzzle",
                puzzle,
                "--backend",
                "cpu-scalar",
                "--steps",
                2)
            .out();
    assertThat(own).isNotBlank();
    assertThat(
            Run.of(
                    "solve",
                    "--model",
                    run,
                    "--puzzle",
                    puzzle,
                    "--backend",
                    "cpu-scalar",
                    "--steps",
                    2)
                .out())
        .isEqualTo(own);
    assertThat(
            succeeds(
                    "eval",
                    "--model",
                    run,
                    "--data",
                    "sudoku:size=4,train=0,test=5",
                    "--steps",
                    2,
                    "--backend",
                    "cpu-scalar")
                .out())
        .contains("5 puzzles of test");
    Path safetensors = folder.resolve("own.safetensors");
    succeeds("export", run, "--format", "safetensors", "--out", safetensors);
    Path again = folder.resolve("again");
    succeeds("import", safetensors, "--out", again);
    assertThat(ModelFiles.read(again).description()).isEqualTo(ModelFiles.read(run).description());
    Path onnx = folder.resolve("m.onnx");
    succeeds("export", run, "--format", "onnx", "--out", onnx);
    assertThat(onnx).isNotEmptyFile();
  }

  @Test
  void whatCannotBeSaysSo() throws Exception {
    Path torch = folder.resolve("step_4");
    succeeds("export", model, "--format", "torch", "--out", torch);
    refused(
        Run.of("export", model, "--format", "torch", "--out", torch),
        "step_4: exists already; choose another name");
    refused(
        Run.of("export", model, "--format", "onnx", "--out", folder.resolve("x"), "--prefix", "p"),
        "--prefix has no effect with --format onnx");
    refused(
        Run.of("import", model, "--out", folder.resolve("r")),
        "is a model of this library already");
    Files.delete(folder.resolve("step_4.yaml"));
    refused(
        Run.of("import", torch, "--out", folder.resolve("r")),
        "step_4: its shapes tell D = 16",
        "not known: T (",
        "heads (attention heads",
        "domain (the puzzles",
        "--set KEY=VALUE");
    succeeds(
        "import",
        torch,
        "--out",
        folder.resolve("r"),
        "--set",
        "T=1",
        "--set",
        "n=1",
        "--set",
        "heads=2",
        "--set",
        "positions=rotary",
        "--set",
        "domain=sudoku:size=4",
        "--set",
        "puzzleEmbLen=1");
    refused(
        Run.of("import", torch, "--out", folder.resolve("r"), "--set", "head=8"),
        "unknown setting head, expected one of");
  }
}
