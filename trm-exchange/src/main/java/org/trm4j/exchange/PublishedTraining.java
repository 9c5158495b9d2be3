package org.trm4j.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.model.ModelConfig;
import org.trm4j.training.config.DataSettings;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;

/** The configuration with which an imported model continues training. */
final class PublishedTraining {
  /** Real-valued settings, by their names in published configurations. */
  private static final Map<String, String> REAL =
      Map.ofEntries(
          Map.entry("optimizer.learningRate", "lr learning_rate"),
          Map.entry("optimizer.minLearningRateRatio", "lr_min_ratio"),
          Map.entry("optimizer.weightDecay", "weight_decay"),
          Map.entry("optimizer.beta1", "beta1"),
          Map.entry("optimizer.beta2", "beta2"),
          Map.entry("optimizer.puzzleLearningRate", "puzzle_emb_lr learning_rate_emb"),
          Map.entry("optimizer.puzzleWeightDecay", "puzzle_emb_weight_decay"),
          Map.entry("optimizer.averageDecay", "ema_rate"),
          Map.entry("halting.explorationProbability", "halt_exploration_prob"));

  private static final Map<String, String> WHOLE =
      Map.of(
          "optimizer.warmupSteps", "lr_warmup_steps warmup_steps",
          "halting.maxSteps", "halt_max_steps N_supervision");

  private PublishedTraining() {}

  /**
   * Returns the configuration: network and recursion from the model, optimizer and halting from the
   * settings, and the rest from the recipe sudoku-mlp.
   */
  static TrainingConfig of(ModelDescription description, PublishedSettings settings) {
    TrainingConfig recipe = TrainingConfigs.recipe("sudoku-mlp");
    ModelConfig model = description.config();
    TrainingConfig config =
        new TrainingConfig(
            "imported",
            new DataSettings(DataSettings.NO_LOCATION, "", Map.of(), true, "test"),
            new TrainingConfig.Model(
                model.hiddenSize(),
                model.numHeads(),
                model.expansion(),
                model.mixer(),
                model.positions(),
                model.puzzleEmbDim(),
                model.puzzleEmbLen()),
            new TrainingConfig.Recursion(description.policy(), description.policyArguments()),
            recipe.optimizer(),
            recipe.halting(),
            recipe.run());
    List<String> changes = new ArrayList<>();
    REAL.forEach((key, names) -> {
      Double value = settings.anywhere(names.split(" "));
      if (value != null) {
        changes.add(key + "=" + value);
      }
    });
    WHOLE.forEach((key, names) -> {
      Double value = settings.anywhere(names.split(" "));
      if (value != null) {
        changes.add(key + "=" + Math.round(value));
      }
    });
    return TrainingConfigs.with(config, changes);
  }
}
