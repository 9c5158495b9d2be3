package org.trm4j.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.exchange.torch.TorchFiles;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;

class CheckpointExportTest {
  private static final Map<String, String> EQR =
      Map.of("T", "3", "n", "4", "lambda", "0.95", "sigma", "0.01", "domain", "sudoku:size=4");

  @TempDir private Path folder;

  private static byte[] entry(Path file, String name) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry =
          zip.stream().filter(e -> e.getName().endsWith("/" + name)).findFirst().orElseThrow();
      try (InputStream in = zip.getInputStream(entry)) {
        return in.readAllBytes();
      }
    }
  }

  /** PyTorch's pickle of the same dictionary is equal byte for byte. */
  @Test
  void thePickleIsPyTorchs() throws IOException {
    Path published = Fixtures.of("pickle.pt");
    Checkpoint read = ModelFiles.open(published);
    Path own = folder.resolve("pickle.pt");
    TorchFiles.write(own, read.tensors().tensors(), read.types());
    for (String name : new String[] {"data.pkl", "data/0", "data/1", "version", "byteorder"}) {
      assertThat(entry(own, name)).as(name).isEqualTo(entry(published, name));
    }
  }

  @Test
  void manyTensorsOfEveryRankComeBack() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < 2100; i++) {
      long[] shape = new long[i % 6];
      Arrays.fill(shape, 1);
      tensors.put("t" + i, Tensor.of(Shape.of(shape), i));
    }
    Path file = folder.resolve("many.pt");
    TorchFiles.write(file, tensors, Map.of("t3", "F16", "t4", "BF16"));
    Checkpoint read = ModelFiles.open(file);
    assertThat(read.tensors().tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
    tensors.forEach((name, tensor) -> {
      assertThat(read.tensors().get(name).shape()).isEqualTo(tensor.shape());
      assertThat(read.tensors().get(name).get(0)).isEqualTo(tensor.get(0));
    });
    assertThat(read.types()).containsEntry("t3", "F16").containsEntry("t4", "BF16");
  }

  /** In, out and in again: names, types and bits are those of the published file. */
  @ParameterizedTest
  @ValueSource(strings = {"trm/step_20", "hrm/step_7"})
  void aTorchFileComesOutAsItWentIn(String name) {
    SavedModel model = CheckpointImport.read(Fixtures.of(name), Map.of()).model();
    Path file = folder.resolve("step_1");
    CheckpointExport.torch(model, file, CheckpointExport.PUBLISHED_PREFIX, "");
    Checkpoint before = ModelFiles.open(Fixtures.of(name));
    Checkpoint after = ModelFiles.open(file);
    assertThat(after.tensors().tensors().keySet())
        .containsExactlyElementsOf(before.tensors().tensors().keySet());
    assertThat(after.types()).isEqualTo(before.types());
    assertThat(Fixtures.bits(after.tensors()))
        .usingRecursiveComparison()
        .isEqualTo(Fixtures.bits(before.tensors()));
    CheckpointImport.ImportedModel again = CheckpointImport.read(file, Map.of());
    assertThat(again.model().description()).isEqualTo(model.description());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theArchitectureBesideTheFileAnswersAllQuestions(boolean torch) {
    SavedModel model = CheckpointImport.read(Fixtures.of("eqr.pt"), EQR).model();
    Path file = folder.resolve(torch ? "eqr.pt" : "eqr.safetensors");
    if (torch) {
      CheckpointExport.torch(model, file, "model.inner.", "");
    } else {
      CheckpointExport.safetensors(model, file, "model.inner.");
    }
    CheckpointImport.ImportedModel again = CheckpointImport.read(file, Map.of());
    assertThat(again.model().description()).isEqualTo(model.description());
    assertThat(Fixtures.bits(again.model().parameters()))
        .usingRecursiveComparison()
        .isEqualTo(Fixtures.bits(model.parameters()));
  }

  @Test
  void startVectorsHaveTheTypeThatIsAskedFor() {
    SavedModel model = CheckpointImport.read(Fixtures.of("trm"), Map.of()).model();
    Path file = folder.resolve("f32.pt");
    CheckpointExport.torch(model, file, "", "float32");
    assertThat(ModelFiles.open(file).types()).containsEntry("H_init", "F32");
    CheckpointExport.torch(model, file, "", "bfloat16");
    assertThat(ModelFiles.open(file).types()).containsEntry("H_init", "BF16");
    assertThatThrownBy(() -> CheckpointExport.torch(model, file, "", "int8"))
        .hasMessage("export: forward dtype int8, expected bfloat16 or float32");
  }

  /** The published code has no convolution; ONNX does. */
  @Test
  void aConvolutionIsRefusedWithTheReason() {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(16, 2)
            .tokens(16, 6)
            .puzzleEmbedding(0, 0, 1)
            .mixer(ModelConfig.Mixer.CONVOLUTION, ModelConfig.Positions.NONE)
            .grid(4, 3)
            .build();
    ModelDescription description =
        new ModelDescription(config, "trm", Map.of("T", 1, "n", 1), "", Map.of());
    SavedModel model =
        new SavedModel(
            description,
            ParameterInitializer.initialize(description.plan().parameters(), 1),
            Map.of());
    Path file = folder.resolve("convolution");
    assertThatThrownBy(() -> CheckpointExport.torch(model, file, "", ""))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "export: the mixer is CONVOLUTION, which published models do not have, expected ATTENTION or TOKEN_MLP");
    assertThatThrownBy(() -> CheckpointExport.safetensors(model, file, ""))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("the mixer is CONVOLUTION");
    assertThat(file).doesNotExist();
    assertThatThrownBy(() -> NetworkShapes.of(model.parameters()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("L_level.layers.0.conv.weight: a mixer of this library");
  }

  /**
   * Other programs support neither the inputs of a deduction model nor the rule between its steps.
   */
  @Test
  void aDeductionModelIsRefusedWithTheReason() {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(16, 2)
            .tokens(16, 6)
            .puzzleEmbedding(0, 0, 1)
            .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
            .build();
    ModelDescription description =
        new ModelDescription(
            config, "trm-deduction", Map.of("T", 1, "n", 1), "sudoku", Map.of("size", "4"));
    SavedModel model =
        new SavedModel(
            description,
            ParameterInitializer.initialize(description.plan().parameters(), 1),
            Map.of());
    Path file = folder.resolve("deduction");
    assertThatThrownBy(() -> CheckpointExport.onnx(model, file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("trm-deduction is followed by a rule of this library");
    assertThatThrownBy(() -> CheckpointExport.torch(model, file, "", ""))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("trm-deduction has inputs or heads of its own");
    assertThatThrownBy(() -> CheckpointExport.safetensors(model, file, ""))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("trm-deduction has inputs or heads of its own");
    assertThat(file).doesNotExist();
  }
}
