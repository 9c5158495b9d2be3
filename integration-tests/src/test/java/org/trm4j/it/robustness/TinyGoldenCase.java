package org.trm4j.it.robustness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.safetensors.SafetensorsWriter;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;

/**
 * A golden case with one evaluation and one training step that runs in a millisecond. Its expected
 * values are zeros: the comparison ends, and fails.
 */
final class TinyGoldenCase {
  private static final int BATCH = 2;
  private static final Set<String> NOT_AVERAGED = Set.of("puzzle_emb.weights", "H_init", "L_init");
  private static final String JSON =
      """
      {"arch": "trm",
       "config": {"hidden_size": 4, "num_heads": 1, "expansion": 1, "H_cycles": 1, "L_cycles": 1,
        "H_layers": 1, "L_layers": 1, "seq_len": 3, "vocab_size": 3, "puzzle_emb_ndim": 4,
        "puzzle_emb_len": 1, "num_puzzle_identifiers": 2, "halt_max_steps": 2,
        "pos_encodings": "none", "mlp_t": true},
       "batch_size": 2, "eval_steps": 1, "train_steps": 1,
       "optimizer": {"lr": 0.001, "weight_decay": 0.1, "beta1": 0.9, "beta2": 0.95,
        "puzzle_emb_lr": 0.01, "puzzle_emb_weight_decay": 0.1, "ema": 0.99},
       "tolerance": {"eval": [0.1], "loss": [0.1], "grad": {}, "final_update": 0.1,
        "final_ema_update": 0.1},
       "omitted": ["grad"]}
      """;

  private TinyGoldenCase() {}

  static void write(Path folder) throws IOException {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(4, 1)
            .expansion(1)
            .tokens(3, 3)
            .puzzleEmbedding(4, 1, 2)
            .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
            .build();
    ModelDescription model =
        new ModelDescription(config, "trm", Map.of("T", 1, "n", 1, "layers", 1), "", Map.of());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ParameterInitializer.initialize(model.plan().parameters(), 1)
        .tensors()
        .forEach((name, tensor) -> {
          tensors.put("weights." + name, tensor);
          tensors.put("final." + name, tensor);
          if (!NOT_AVERAGED.contains(name)) {
            tensors.put("final_ema." + name, tensor);
          }
        });
    for (String batch : new String[] {"eval.batch", "train.0.batch"}) {
      zeros(tensors, batch + ".inputs", BATCH, 3);
      zeros(tensors, batch + ".labels", BATCH, 3);
      zeros(tensors, batch + ".puzzle_identifiers", BATCH);
    }
    zeros(tensors, "eval.0.logits", BATCH, 3, 3);
    zeros(tensors, "eval.0.preds", BATCH, 3);
    zeros(tensors, "eval.0.z_H", BATCH, 4, 4);
    zeros(tensors, "eval.0.z_L", BATCH, 4, 4);
    for (String key :
        new String[] {
          "eval.0.q_halt_logits",
          "eval.0.q_continue_logits",
          "eval.0.halted",
          "train.0.steps",
          "train.0.halted"
        }) {
      zeros(tensors, key, BATCH);
    }
    for (String key :
        new String[] {
          "eval.0.loss",
          "train.0.loss",
          "train.0.metric.lm_loss",
          "train.0.metric.q_halt_loss",
          "train.0.metric.count",
          "train.0.metric.accuracy",
          "train.0.metric.exact_accuracy",
          "train.0.metric.q_halt_accuracy",
          "train.0.metric.steps"
        }) {
      zeros(tensors, key, 1);
    }
    Files.writeString(folder.resolve("tiny.json"), JSON);
    SafetensorsWriter.write(
        folder.resolve("tiny.safetensors"), new Checkpoint(new ParameterSet(tensors), Map.of()));
  }

  private static void zeros(Map<String, Tensor> tensors, String key, long... shape) {
    long size = 1;
    for (long extent : shape) {
      size *= extent;
    }
    tensors.put(key, Tensor.of(Shape.of(shape), new float[(int) size]));
  }
}
