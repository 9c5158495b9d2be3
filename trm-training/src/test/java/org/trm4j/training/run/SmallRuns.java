package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.model.ParameterSet;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingResult;

/** Runs of a moment, for tests of what becomes of them. */
final class SmallRuns {
  private SmallRuns() {}

  static TrainingConfig config(String... more) {
    List<String> overrides =
        new ArrayList<>(
            List.of(
                "hiddenSize=8",
                "numHeads=2",
                "puzzleEmbDim=8",
                "recursion.arguments.layers=1",
                "data.options.train=30",
                "data.options.test=20",
                "run.steps=4",
                "run.batch=4",
                "run.logEvery=1",
                "run.evaluateEvery=-1",
                "run.checkpointEvery=0",
                "halting.maxSteps=3"));
    overrides.addAll(List.of(more));
    return SettingsText.with(TrainingConfigs.recipe("demo"), overrides);
  }

  static TrainingResult train(TrainingConfig config, Path folder, TrainingListener... listeners) {
    return with(
        config,
        (factory, dataset, backend) -> factory.start(config, dataset, backend, folder),
        listeners);
  }

  static TrainingResult resume(Path folder, String... overrides) {
    return with(
        RunFolder.open(folder).config(),
        (factory, dataset, backend) ->
            factory.resume(
                folder, dataset, backend, run -> SettingsText.with(run, List.of(overrides))));
  }

  interface Maker {
    Trainer make(TrainerFactory factory, Dataset dataset, Backend backend);
  }

  static TrainingResult with(TrainingConfig config, Maker maker, TrainingListener... listeners) {
    try (Dataset dataset = config.data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 1);
        Trainer trainer = maker.make(new TrainerFactory(Set.of(listeners)), dataset, backend)) {
      for (TrainingListener listener : listeners) {
        if (listener instanceof Stopper stopper) {
          stopper.trainer.set(trainer);
        }
      }
      return trainer.run();
    }
  }

  static String step(Path run) {
    return ModelFiles.read(run).metadata().getOrDefault("step", "none");
  }

  static void assertSameWeights(Path found, Path expected) {
    ParameterSet right = ModelFiles.read(expected).parameters();
    ModelFiles.read(found)
        .parameters()
        .tensors()
        .forEach((name, tensor) ->
            assertThat(tensor.toArray()).as(name).containsExactly(right.get(name).toArray()));
  }

  /** Asks the run to stop when it first saves, as Ctrl-C during the evaluation that follows. */
  static final class Stopper implements TrainingListener {
    final AtomicReference<Trainer> trainer = new AtomicReference<>();
    final List<Long> evaluated = new ArrayList<>();

    @Override
    public void saved(long step, Path folder) {
      assertThat(ModelFiles.read(folder).metadata()).containsEntry("step", Long.toString(step));
      trainer.get().requestStop();
    }

    @Override
    public void evaluated(long step, EvaluationReport report) {
      evaluated.add(step);
    }
  }
}
