package org.trm4j.cli.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trm4j.OpenOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import picocli.CommandLine;

class QuickBackendTest {

  private static String device(int hidden, String backend, int steps) {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(hidden, 4)
            .tokens(16, 6)
            .puzzleEmbedding(hidden, 1, 1)
            .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
            .build();
    ModelDescription description =
        new ModelDescription(config, "trm", Map.of("T", 1, "n", 1), "sudoku", Map.of("size", "4"));
    SavedModel saved =
        new SavedModel(
            description,
            ParameterInitializer.initialize(description.plan().parameters(), 1),
            Map.of());
    BackendMixin chosen = new BackendMixin();
    CommandLine.populateCommand(chosen, "--backend", backend, "--threads", "1");
    try (TrmModel model = QuickBackend.open(saved, chosen, 1, steps)) {
      return model.device();
    }
  }

  @Test
  void littleWorkGoesToPlainLoopsUnlessTheUserNamesABackend() {
    String automatic = Trm.standard().backend(OpenOptions.AUTO, 1).device();
    String plain = device(32, "cpu-scalar", 16);
    assertThat(plain).isNotEqualTo(automatic);
    assertThat(device(32, OpenOptions.AUTO, 16)).isEqualTo(plain);
    assertThat(device(32, OpenOptions.AUTO, 1_000_000)).isEqualTo(automatic);
    assertThat(device(32, "cpu-vector", 16)).isEqualTo(automatic);
  }
}
