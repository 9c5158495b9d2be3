package org.trm4j.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Trm;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.plugin.PluginException;
import org.trm4j.pretrained.spi.PretrainedModelProvider;

/** An artifact's files are written, read, and refused where they are not what was written. */
class PretrainedModelTest {
  @TempDir private Path resources;
  private SavedModel model = model(1);
  private PretrainedModel.Writer writer = new PretrainedModel.Writer(Path.of(""), "tiny");

  /** A model whose files lie in a folder. */
  private final class InFolder implements PretrainedModelProvider {
    @Override
    public String name() {
      return "tiny";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public Optional<InputStream> open(String file) {
      Path path = writer.folder().resolve(file);
      try {
        return Files.exists(path) ? Optional.of(Files.newInputStream(path)) : Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static SavedModel model(long seed) {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(32, 4)
            .tokens(16, 6)
            .puzzleEmbedding(0, 0, 1)
            .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
            .build();
    ModelDescription description =
        new ModelDescription(config, "trm", Map.of("T", 1, "n", 1), "sudoku", Map.of("size", "4"));
    return new SavedModel(
        description,
        ParameterInitializer.initialize(description.plan().parameters(), seed),
        Map.of("step", "7"));
  }

  private PretrainedDescription describe() {
    return describe(
        new PretrainedDescription.Result("verify", "sudoku:size=4,train=0,test=10", 1, 10, 7));
  }

  private PretrainedDescription describe(PretrainedDescription.Result result) {
    return writer.writeDescription(
        "1.0.0", "Apache-2.0", "0123abc", "step 7 of 10; 0.1 core-hours", List.of(result));
  }

  @BeforeEach
  void write() {
    writer = new PretrainedModel.Writer(resources, "tiny");
    writer.writeWeights(model);
  }

  @Test
  void comesBackAsItWasDescribed() {
    PretrainedDescription written = describe();
    PretrainedModel read = PretrainedModel.of(new InFolder());
    assertThat(read.description()).isEqualTo(written);
    assertThat(read.description().domainOptions()).isEqualTo(Map.of("size", "4"));
    assertThat(read.description().results().getFirst().accuracy()).isEqualTo(0.7);
    assertThat(read.description().sha256()).matches("[0-9a-f]{64}");
    SavedModel saved = read.read();
    assertThat(saved.description()).isEqualTo(model.description());
    assertThat(saved.metadata()).isEqualTo(model.metadata());
    model
        .parameters()
        .tensors()
        .forEach((name, tensor) -> {
          for (int i = 0; i < tensor.shape().size(); i++) {
            float half = Float.float16ToFloat(Float.floatToFloat16(tensor.get(i)));
            assertThat(saved.parameters().get(name).get(i)).as(name).isEqualTo(half);
          }
        });
  }

  /** What an older library would count with one attempt is not for it to read. */
  @Test
  void attemptsComeBackAndRaiseTheFormat() throws IOException {
    describe();
    assertThat(Files.readString(writer.folder().resolve("model.properties")))
        .startsWith("format=1\n")
        .doesNotContain("attempts");
    PretrainedDescription written =
        describe(
            new PretrainedDescription.Result("verify", "sudoku:size=4,train=0,test=10", 16, 10, 9));
    assertThat(Files.readString(writer.folder().resolve("model.properties")))
        .startsWith("format=2\n");
    assertThat(PretrainedModel.of(new InFolder()).description()).isEqualTo(written);
    assertThatThrownBy(() -> new PretrainedDescription.Result("verify", "sudoku:size=4", 0, 10, 9))
        .hasMessage("result verify: 0 attempts, expected at least 1");
  }

  @Test
  void twoWritesGiveTheSameBytes() throws IOException {
    describe();
    byte[] weights = Files.readAllBytes(writer.folder().resolve("model.safetensors"));
    byte[] text = Files.readAllBytes(writer.folder().resolve("model.properties"));
    writer.writeWeights(model(1));
    describe();
    assertThat(Files.readAllBytes(writer.folder().resolve("model.safetensors"))).isEqualTo(weights);
    assertThat(Files.readAllBytes(writer.folder().resolve("model.properties"))).isEqualTo(text);
  }

  @Test
  void otherWeightsThanThoseDescribedAreRefused() {
    describe();
    writer.writeWeights(model(2));
    PretrainedModel read = PretrainedModel.of(new InFolder());
    assertThatThrownBy(read::read)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("META-INF/trm/models/tiny/model.safetensors")
        .hasMessageContaining("SHA-256")
        .hasMessageContaining("expected")
        .hasMessageContaining("damaged");
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    describe();
    Files.delete(writer.folder().resolve("model.safetensors"));
    assertThatThrownBy(PretrainedModel.of(new InFolder())::read)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("tiny/model.safetensors: missing in the artifact");
    Files.delete(writer.folder().resolve("model.properties"));
    assertThatThrownBy(() -> PretrainedModel.of(new InFolder()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("tiny/model.properties: missing in the artifact");
  }

  @Test
  void brokenDescriptionsNameTheKey() throws IOException {
    describe();
    refused("bytes=", "bytes=many\nold=", "bytes: 'many', expected a whole number");
    refused("licence=", "license=", "licence: missing");
    refused("name=tiny", "name=other", "name other, expected tiny");
    refused("format=1", "format=99", "format 99 of a newer version");
    refused("solved=7", "solved=11", "11 of 10 puzzles");
  }

  private void refused(String part, String broken, String message) throws IOException {
    Path file = writer.folder().resolve("model.properties");
    String text = Files.readString(file);
    assertThat(text).contains(part);
    Files.writeString(file, text.replace(part, broken));
    assertThatThrownBy(() -> PretrainedModel.of(new InFolder()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("tiny/model.properties")
        .hasMessageContaining(message);
    Files.writeString(file, text);
  }

  @Test
  void aModelThatIsNotThereIsNamedWithItsArtifact() {
    assertThatThrownBy(() -> Trm.standard().model("sudoku-25"))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("sudoku-25")
        .hasMessageContaining("org.trm4j:trm-model-sudoku-25");
  }
}
