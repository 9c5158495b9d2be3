package org.trm4j.backend.cpu.session;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;

class ModelSizeTest {
  @Test
  void refusesAModelWhoseBuffersAreLargerThanAnArray() {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(256, 4)
            .tokens(1 << 13, 5)
            .puzzleEmbedding(0, 0, 0)
            .mixer(ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY)
            .build();
    Plan plan = Plan.lower(config, Trm.standard().program("trm", Map.of("n", 1000)));
    ParameterSet parameters = ParameterInitializer.initialize(plan.parameters(), 1);
    try (Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      assertThatThrownBy(() -> backend.train(plan, parameters, 1))
          .isInstanceOf(BackendException.class)
          .hasMessageStartingWith("backend cpu-scalar: the model needs an array of 2^31 values");
    }
  }
}
