package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trm4j.checkpoint.content.ParameterNames;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;

/** A checkpoint that the published code saved is read as it is. */
class PublishedCheckpointTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @Test
  void holdsTheWeightsThatWereTrained() {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(64, 4)
            .tokens(16, 7)
            .puzzleEmbedding(64, 2, 5)
            .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
            .build();
    ModelDescription description =
        new ModelDescription(config, "trm", Map.of("T", 3, "n", 4), "", Map.of());
    SavedModel model = ModelFiles.read(GOLDEN.resolve("trm-mlp.pt"), description);
    ParameterSet found = model.parameters().matching(description.plan().parameters());
    ParameterSet golden = SafetensorsReader.read(GOLDEN.resolve("trm-mlp.safetensors")).tensors();
    for (Map.Entry<String, Tensor> entry : golden.tensors().entrySet()) {
      if (entry.getKey().startsWith("weights.")) {
        String name = ParameterNames.canonical(entry.getKey().substring("weights.".length()));
        float[] expected = entry.getValue().toArray();
        // The published code keeps the initial vectors in bfloat16.
        float tolerance = name.endsWith("_init") ? 0.01f : 0;
        float[] values = found.get(name).toArray();
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < values.length; i++) {
          assertThat(Math.abs(values[i] - expected[i])).as(name).isLessThanOrEqualTo(tolerance);
        }
      }
    }
  }
}
