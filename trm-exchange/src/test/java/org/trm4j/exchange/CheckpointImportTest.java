package org.trm4j.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSet;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.TrainingConfig;

class CheckpointImportTest {
  @TempDir private Path folder;

  private static CheckpointImport.ImportedModel read(String name, Map<String, String> given) {
    return CheckpointImport.read(Fixtures.of(name), given);
  }

  private static Map<String, int[]> published() {
    return Fixtures.bits(read("trm/step_20", Map.of()).model().parameters());
  }

  @Test
  void aFolderOfThePublishedCodeNeedsNothingElse() {
    CheckpointImport.ImportedModel imported = read("trm", Map.of());
    ModelDescription description = imported.model().description();
    assertThat(description.policy()).isEqualTo("trm");
    assertThat(description.policyArguments()).isEqualTo(Map.of("T", 3, "n", 6, "layers", 1));
    assertThat(description.domain()).isEqualTo("sudoku");
    assertThat(description.domainOptions()).isEqualTo(Map.of("size", "4"));
    assertThat(description.config())
        .satisfies(config -> {
          assertThat(config.hiddenSize()).isEqualTo(8);
          assertThat(config.numHeads()).isEqualTo(2);
          assertThat(config.seqLen()).isEqualTo(16);
          assertThat(config.vocabSize()).isEqualTo(6);
          assertThat(config.puzzleEmbLen()).isEqualTo(2);
          assertThat(config.numPuzzleIdentifiers()).isEqualTo(3);
          assertThat(config.mixer()).isEqualTo(ModelConfig.Mixer.ATTENTION);
          assertThat(config.positions()).isEqualTo(ModelConfig.Positions.ROTARY);
        });
    TrainingConfig training = imported.training();
    assertThat(training.optimizer().learningRate()).isEqualTo(1e-4);
    assertThat(training.optimizer().warmupSteps()).isEqualTo(2000);
    assertThat(training.optimizer().puzzleWeightDecay()).isEqualTo(0.5);
    assertThat(training.halting().maxSteps()).isEqualTo(16);
    assertThat(imported.model().metadata())
        .containsEntry("imported.file", "step_20")
        .containsEntry("imported.types", "H_init=BF16,L_init=BF16");
    assertThat(imported.notes())
        .anyMatch(note -> note.startsWith("domain: sudoku {size=4}"))
        .contains("weights: under '_orig_mod.model.inner.'");
  }

  /**
   * The same weights under every name; files without a configuration get the missing settings from
   * the caller.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"nested-state-dict.pt", "nested-model.pt", "module.pt", "bare.pt", "two-sets.pt"})
  void everyFormHasTheSameWeights(String name) {
    Map<String, String> given = new HashMap<>(Fixtures.TRM);
    if (name.equals("two-sets.pt")) {
      given.put("weights", "b.");
    }
    CheckpointImport.ImportedModel imported = read(name, given);
    assertThat(Fixtures.bits(imported.model().parameters()))
        .usingRecursiveComparison()
        .isEqualTo(published());
    assertThat(imported.model().description())
        .isEqualTo(read("trm", Map.of()).model().description());
  }

  @Test
  void aYamlFileOfTheSameNameIsTheConfiguration() {
    assertThat(read("bare.pt", Map.of("domain", "sudoku:size=4")).model().description())
        .isEqualTo(read("trm", Map.of()).model().description());
  }

  @Test
  void safetensorsComeWithAJsonConfiguration() {
    CheckpointImport.ImportedModel imported = read("safetensors", Map.of());
    assertThat(imported.model().description())
        .isEqualTo(read("trm", Map.of()).model().description());
    Map<String, int[]> rounded = Fixtures.bits(imported.model().parameters());
    published()
        .forEach((name, bits) -> {
          for (int i = 0; i < bits.length; i++) {
            // The file has 16 of the 32 bits, rounded.
            assertThat(Math.abs((bits[i] >>> 16) - (rounded.get(name)[i] >>> 16)))
                .as(name)
                .isLessThanOrEqualTo(1);
            assertThat(rounded.get(name)[i] & 0xFFFF).isZero();
          }
        });
  }

  @Test
  void hrmHasItsTwoModulesAndItsOwnLengthOfThePuzzleEmbedding() {
    ModelDescription description = read("hrm", Map.of()).model().description();
    assertThat(description.policy()).isEqualTo("hrm");
    assertThat(description.policyArguments())
        .isEqualTo(Map.of("T", 2, "n", 2, "hLayers", 1, "lLayers", 1));
    assertThat(description.config().puzzleEmbLen()).isEqualTo(1);
  }

  @Test
  void eqrHasNeitherTableNorStartVectors() {
    CheckpointImport.ImportedModel imported =
        read(
            "eqr.pt",
            Map.of(
                "T", "3", "n", "4", "lambda", "0.95", "sigma", "0.01", "domain", "sudoku:size=4"));
    ModelDescription description = imported.model().description();
    assertThat(description.policy()).isEqualTo("eqr");
    assertThat(description.config().mixer()).isEqualTo(ModelConfig.Mixer.TOKEN_MLP);
    assertThat(description.config().length()).isEqualTo(16);
    assertThat(description.config().puzzleEmbDim()).isZero();
    try (TrmModel model = TrmModel.open(imported.model(), "cpu-scalar", 1)) {
      assertThat(model.solve("1...............").verification()).isNotNull();
    }
  }

  /** Written by EqR's own function, with averages, optimizer, states and random numbers. */
  @Test
  void aCheckpointOfEqrGivesItsAveragesAndItsConfiguration() {
    CheckpointImport.ImportedModel imported = read("eqr-run/checkpoints", Map.of());
    assertThat(imported.notes())
        .contains("weights: the moving averages under 'ema.shadow._orig_mod.model.inner.'")
        .anyMatch(note -> note.startsWith("domain: sudoku {size=4}"));
    ModelDescription description = imported.model().description();
    assertThat(description.policy()).isEqualTo("eqr");
    assertThat(description.policyArguments())
        .isEqualTo(Map.of("T", 3, "n", 2, "layers", 1, "lambda", 0.95, "sigma", 0.01));
    assertThat(description.config().numHeads()).isEqualTo(2);
    assertThat(description.config().length()).isEqualTo(16);
    assertThat(imported.training().optimizer().learningRate()).isEqualTo(1e-4);
    ParameterSet raw =
        read("eqr-run/checkpoints", Map.of("weights", "model._orig_mod.model.inner."))
            .model()
            .parameters();
    assertThat(imported.model().parameters().get("lm_head.weight").get(3))
        .isEqualTo(raw.get("lm_head.weight").get(3) + 0.25f);
  }

  @Test
  void aLightningCheckpointGivesItsAveragesAndItsSettings() {
    CheckpointImport.ImportedModel imported =
        read("lightning.ckpt", Map.of("domain", "sudoku:size=4"));
    assertThat(imported.notes())
        .contains("weights: the moving averages under 'callbacks.EMACallback.shadow.'")
        .anyMatch(note -> note.startsWith("q_head: has the halting row only"));
    ModelDescription description = imported.model().description();
    assertThat(description.policyArguments()).isEqualTo(Map.of("T", 3, "n", 6, "layers", 1));
    assertThat(imported.training().optimizer().learningRate()).isEqualTo(1e-4);
    ParameterSet averaged = imported.model().parameters();
    ParameterSet raw =
        read("lightning.ckpt", Map.of("domain", "sudoku:size=4", "weights", "state_dict."))
            .model()
            .parameters();
    assertThat(averaged.get("q_head.bias").toArray()).containsExactly(-4.75f, -5);
    assertThat(averaged.get("H_init").toArray()).isEqualTo(raw.get("H_init").toArray());
    assertThat(averaged.get("lm_head.weight").get(0))
        .isEqualTo(raw.get("lm_head.weight").get(0) + 0.25f);
  }

  @Test
  void whatIsNotKnownIsAskedForInOneMessage() {
    assertThatThrownBy(() -> read("module.pt", Map.of()))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "%s: its shapes tell D = 8, V = 6, attention, L_level of 1 layer, puzzle embedding [3,"
                + " 8]; not known: T (cycles of a supervision step, 3 in TRM), n (latent updates of"
                + " a cycle, 6 in TRM), heads (attention heads, 8 as published), positions (rotary,"
                + " as published, or none), domain (the puzzles, such as sudoku:size=9,"
                + " maze:size=30 or arc; none for others), seqLen (tokens of a puzzle, such as 81),"
                + " puzzleEmbLen (positions of the puzzle embedding, 16 in TRM); give each with"
                + " --set KEY=VALUE, or put the configuration beside it (all_config.yaml,"
                + " config.json, or module.pt.yaml)",
            Fixtures.of("module.pt"));
  }

  @Test
  void contradictionsAndUnknownSettingsAreRefused() {
    refused("trm", Map.of("head", "8"), "unknown setting head, expected one of [T, domain,");
    refused("trm", Map.of("heads", "3"), "numHeads is 3");
    refused("trm", Map.of("heads", "x"), "heads is x, expected a whole number");
    refused("trm", Map.of("domain", "sudoku:size=9"), "81 tokens of 11 kinds, expected 16 of 6");
    refused("trm", Map.of("positions", "learned"), "no embed_pos.embedding_weight");
    refused("trm", Map.of("positions", "2d"), "positions 2d are none that this library computes");
    refused(
        "two-sets.pt",
        Fixtures.TRM,
        "several sets of weights, under 'a.' and 'b.'; choose one with --set weights=");
    refused("opaque-tensor.pt", Fixtures.TRM, "tensor q_head.bias: depends on torch._tensor");
    refused(
        "nested-model.pt", Map.of("weights", "ema."), "nothing under 'ema.'; found weights under");
    refused("pickle.pt", Map.of(), "lm_head.weight: not found among 2 (x, y)");
    refused("gone", Map.of(), "no such file or folder");
    refused(".", Map.of(), "checkpoints, expected one; name it: ");
  }

  private static void refused(String name, Map<String, String> given, String message) {
    assertThatThrownBy(() -> read(name, given))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  @Test
  void whatIsImportedIsARunFolderAndIsNotImportedAgain() throws IOException {
    Path run = folder.resolve("run");
    CheckpointImport.ImportedModel imported = read("trm", Map.of());
    imported.write(run);
    assertThat(Fixtures.bits(ModelFiles.read(run).parameters()))
        .usingRecursiveComparison()
        .isEqualTo(published());
    assertThat(RunFolder.open(run).config()).isEqualTo(imported.training());
    assertThatThrownBy(() -> imported.write(run))
        .hasMessageContaining("holds a run already; choose another folder");
    imported.write(folder.resolve("other"));
    assertThat(RunFolder.open(folder.resolve("other")).config()).isEqualTo(imported.training());
    assertThatThrownBy(() -> CheckpointImport.read(run, Map.of()))
        .hasMessageContaining("is a model of this library already");
    try (TrmModel model = TrmModel.open(ModelFiles.read(run), "cpu-scalar", 1)) {
      assertThat(model.solve("1...............").text()).hasSize(16);
    }
  }

  /** Another process truncates the mapped file; a second import reads it whole. */
  @Test
  @EnabledOnOs(OS.LINUX) // a missing page raises a signal, which the JVM turns into an error
  void aFileThatIsCutMeanwhileIsRefusedAndReadAgain() throws IOException {
    Path file = Files.copy(Fixtures.of("trm/step_20"), folder.resolve("checkpoint"));
    Files.copy(Fixtures.of("trm/all_config.yaml"), folder.resolve("all_config.yaml"));
    CheckpointImport.ImportedModel imported = CheckpointImport.read(folder, Map.of());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
    Path run = folder.resolve("run");
    assertThatThrownBy(() -> imported.write(run))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("was cut while it was read; import it again");
    Files.copy(Fixtures.of("trm/step_20"), file, StandardCopyOption.REPLACE_EXISTING);
    CheckpointImport.read(folder, Map.of()).write(run);
    assertThat(Fixtures.bits(ModelFiles.read(run).parameters()))
        .usingRecursiveComparison()
        .isEqualTo(published());
  }

  /**
   * The published codes copy their configuration beside the checkpoint, but not that of their data.
   */
  @Test
  void theDataNeedNotLieBeside() throws IOException {
    Files.copy(Fixtures.of("trm/step_20"), folder.resolve("checkpoint"));
    Files.copy(Fixtures.of("trm/all_config.yaml"), folder.resolve("all_config.yaml"));
    assertThat(CheckpointImport.read(folder, Map.of()).model().description())
        .isEqualTo(read("trm", Map.of()).model().description());
  }

  /** Hydra's configuration has references, and several settings with the same name. */
  @Test
  void aHydraConfigurationIsUnderstood() throws IOException {
    Files.copy(Fixtures.of("bare.pt"), folder.resolve("last.ckpt"));
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        model_tuning: {num_heads: 2, H_cycles: 3, L_cycles: 6, puzzle_emb_len: 2, pos_emb_type: 1d}
        model: {num_heads: "${model_tuning.num_heads}", H_cycles: "${.missing}", L_cycles: 6}
        logger: {wandb: {name: x, lr: 1}, csv: {name: y, lr: 2}}
        data: {data_dir: ./data/sudoku_4x4, grid_size: 4}
        """);
    assertThatThrownBy(() -> CheckpointImport.read(folder, Map.of()))
        .hasMessageContaining("not known: T (");
    assertThat(CheckpointImport.read(folder, Map.of("T", "3")).model().description())
        .isEqualTo(read("trm", Map.of()).model().description());
  }

  @Test
  void aBrokenConfigurationIsNamed() throws IOException {
    Files.copy(Fixtures.of("trm/step_20"), folder.resolve("step_20"));
    Path config = Files.writeString(folder.resolve("all_config.yaml"), "arch: [1, {\n");
    assertThatThrownBy(() -> CheckpointImport.read(folder, Map.of()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(config + ": neither YAML nor JSON")
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    Files.writeString(config, "a: !!python/object:os.system {}\n");
    assertThatThrownBy(() -> CheckpointImport.read(folder, Map.of()))
        .isInstanceOf(CheckpointException.class);
  }
}
