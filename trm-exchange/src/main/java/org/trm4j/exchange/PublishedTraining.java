package org.trm4j.exchange;

import java.util.List;
import java.util.function.BiConsumer;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.model.ModelConfig;
import org.trm4j.training.TrainingException;
import org.trm4j.training.config.DataSettings;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigBuilder;
import org.trm4j.training.config.TrainingConfigs;

/** The configuration with which an imported model continues training. */
final class PublishedTraining {
  /** What published configurations call a setting, and how it is set here. */
  private record Setting(String names, BiConsumer<TrainingConfigBuilder, Double> set) {}

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting("lr learning_rate", TrainingConfigBuilder::learningRate),
          new Setting("lr_min_ratio", TrainingConfigBuilder::minLearningRateRatio),
          new Setting("weight_decay", TrainingConfigBuilder::weightDecay),
          new Setting("beta1", TrainingConfigBuilder::beta1),
          new Setting("beta2", TrainingConfigBuilder::beta2),
          new Setting("puzzle_emb_lr learning_rate_emb", TrainingConfigBuilder::puzzleLearningRate),
          new Setting("puzzle_emb_weight_decay", TrainingConfigBuilder::puzzleWeightDecay),
          new Setting("ema_rate", TrainingConfigBuilder::averageDecay),
          new Setting("halt_exploration_prob", TrainingConfigBuilder::explorationProbability),
          new Setting(
              "lr_warmup_steps warmup_steps",
              (config, value) -> config.warmupSteps(Math.round(value))),
          new Setting(
              "halt_max_steps N_supervision",
              (config, value) -> config.maxSteps(whole("halting.maxSteps", value))));

  private PublishedTraining() {}

  /**
   * Returns the configuration: network and recursion from the model, optimizer and halting from the
   * settings, and the rest from the recipe sudoku-mlp.
   */
  static TrainingConfig of(ModelDescription description, PublishedSettings settings) {
    TrainingConfig recipe = TrainingConfigs.recipe("sudoku-mlp");
    ModelConfig model = description.config();
    TrainingConfigBuilder config =
        recipe.toBuilder()
            .name("imported")
            .dataset(DataSettings.NO_LOCATION)
            .augment(true)
            .evaluationSplit("test")
            .hiddenSize(model.hiddenSize())
            .numHeads(model.numHeads())
            .expansion(model.expansion())
            .mixer(model.mixer())
            .positions(model.positions())
            .puzzleEmbDim(model.puzzleEmbDim())
            .puzzleEmbLen(model.puzzleEmbLen())
            .recursion(description.policy(), description.policyArguments());
    for (Setting setting : SETTINGS) {
      Double value = settings.anywhere(setting.names().split(" "));
      if (value != null) {
        setting.set().accept(config, value);
      }
    }
    return config.build();
  }

  private static int whole(String setting, double value) {
    long number = Math.round(value);
    if (number != (int) number) {
      throw new TrainingException(
          "training configuration: %s is %s, expected a whole number of at most %s"
              .formatted(setting, value, Integer.MAX_VALUE));
    }
    return (int) number;
  }
}
