package org.trm4j.training.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.safetensors.SafetensorsWriter;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.training.TrainingException;

class ParityRunnerTest {
  @TempDir Path folder;

  private List<ParityResult> run(String architecture) throws Exception {
    return run(architecture, 2);
  }

  private List<ParityResult> run(String architecture, int maxSteps) throws Exception {
    Files.writeString(
        folder.resolve("case.json"),
        """
        {"arch": "%s",
         "config": {"hidden_size": 8, "num_heads": 2, "expansion": 4, "H_cycles": 1, "L_cycles": 1,
          "H_layers": 1, "L_layers": 1, "seq_len": 4, "vocab_size": 3, "puzzle_emb_ndim": 8,
          "puzzle_emb_len": 1, "num_puzzle_identifiers": 1, "halt_max_steps": %s,
          "pos_encodings": "rope", "mlp_t": false},
         "batch_size": 1, "eval_steps": 1, "train_steps": 1,
         "optimizer": {"lr": 0.1, "weight_decay": 0.1, "beta1": 0.9, "beta2": 0.95,
          "puzzle_emb_lr": 0.1, "puzzle_emb_weight_decay": 0.1, "ema": 0.9},
         "tolerance": {}}
        """
            .formatted(architecture, maxSteps));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("weights.inner.H_init", Tensor.of(Shape.of(1), 1));
    SafetensorsWriter.write(
        folder.resolve("case.safetensors"), new Checkpoint(new ParameterSet(tensors), Map.of()));
    try (Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      return ParityRunner.run(folder, backend);
    }
  }

  @Test
  void aPolicyThatIsNotInstalledIsUnsupported() throws Exception {
    ParityResult result = run("trm_future").getFirst();
    assertThat(result.status()).isEqualTo(ParityResult.Status.UNSUPPORTED);
    assertThat(result.reason()).contains("unknown recursion policy trm_future").contains("trm");
  }

  @Test
  void aCaseThatBreaksOffFailsWithTheReason() throws Exception {
    ParityResult result = run("trm").getFirst();
    assertThat(result.status()).isEqualTo(ParityResult.Status.FAIL);
    assertThat(result.reason()).contains("eval.batch.inputs: not found");
  }

  @Test
  void aMissingValueIsNamedWithoutAllTheOthers() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < 1000; i++) {
      tensors.put("eval." + i + ".logits", Tensor.of(Shape.of(1), 1));
    }
    ParameterSet values = new ParameterSet(tensors);
    assertThatThrownBy(() -> values.get("eval.1000.logits"))
        .hasMessageStartingWith(
            "parameter eval.1000.logits: not found among 1000 (eval.0.logits, eval.1.logits, ")
        .hasMessageEndingWith("eval.9.logits, ...)");
  }

  @Test
  void sequencesWithoutASupervisionStepAreRefused() throws Exception {
    ParityResult result = run("trm", 0).getFirst();
    assertThat(result.status()).isEqualTo(ParityResult.Status.FAIL);
    assertThat(result.reason()).contains("halt_max_steps: found 0, expected at least 1");
  }

  @Test
  void anEmptyFolderIsNoSuccess() {
    try (Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      assertThatThrownBy(() -> ParityRunner.run(folder, backend))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("holds no golden case");
    }
  }
}
