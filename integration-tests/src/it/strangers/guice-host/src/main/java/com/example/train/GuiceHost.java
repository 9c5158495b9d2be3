package com.example.train;

import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Injector;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.Answer;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.optimizer.UpdateSpec;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigBuilder;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.guice.TrainingModule;
import org.trm4j.training.metrics.TrainingProgress;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.run.TrainerFactory;

/** Trains on a data set, solves its test puzzles, and says how many answers verify. */
public final class GuiceHost {
  private final TrainerFactory trainers;

  @Inject
  GuiceHost(TrainerFactory trainers) {
    this.trainers = trainers;
  }

  /** Prints the first and the last loss. */
  static final class Losses implements TrainingListener {
    @Override
    public void progressed(TrainingProgress progress) {
      System.out.println("loss " + progress.loss());
    }
  }

  /** Arguments: run folder, backend, data set, policy, steps, optimizer of the layers. */
  public static void main(String[] arguments) {
    Injector injector =
        Guice.createInjector(
            new TrainingModule(),
            binder -> TrainingModule.listeners(binder).addBinding().to(Losses.class));
    injector
        .getInstance(GuiceHost.class)
        .run(
            Path.of(arguments[0]),
            arguments[1],
            arguments[2],
            arguments[3],
            arguments[4],
            arguments.length < 6 ? List.of() : List.of(layers(arguments[5])));
  }

  private void run(
      Path folder,
      String backendId,
      String data,
      String policy,
      String steps,
      List<UpdateSpec.Group> groups) {
    try (Dataset dataset = generated(data);
        Backend backend = Trm.standard().backend(backendId, 0)) {
      TrainingConfig config = config(dataset, policy, steps).groups(groups).build();
      trainers.start(config, dataset, backend, folder).run();
      try (TrmModel model = TrmModel.open(ModelFiles.read(folder), backend)) {
        ExampleSource test = dataset.split("test");
        int verified = 0;
        for (int i = 0; i < test.size(); i++) {
          Puzzle puzzle = new Puzzle(test.get(i).tokens(), 0);
          Answer answer = model.solve(puzzle, SolveOptions.DEFAULT.withMaxSteps(4));
          verified += answer.verified() ? 1 : 0;
        }
        System.out.println("backend " + backend.id());
        System.out.println("verified " + verified + " of " + test.size());
      }
    }
  }

  /** Arguments of this host: {@code id:option=value,option=value}. */
  private static Dataset generated(String text) {
    String[] parts = text.split("[:,]");
    Map<String, String> options = new HashMap<>();
    for (String option : List.of(parts).subList(1, parts.length)) {
      String[] pair = option.split("=", 2);
      options.put(pair[0], pair[1]);
    }
    return Trm.standard().generate(parts[0], options);
  }

  private static UpdateSpec.Group layers(String optimizer) {
    return new UpdateSpec.Group("layers", optimizer, Map.of("momentum", 0.8), 0.001, 0.01);
  }

  private static TrainingConfigBuilder config(Dataset dataset, String policy, String steps) {
    return TrainingConfigs.recipe("demo").toBuilder()
        .name("guice-host")
        .dataset(dataset.domain().id())
        .hiddenSize(32)
        .puzzleEmbDim(0)
        .puzzleEmbLen(0)
        .recursion(policy, Map.of("n", 2))
        .warmupSteps(10)
        .learningRate(0.003)
        .averageDecay(0.9)
        .steps(Long.parseLong(steps))
        .batch(32)
        .evaluateEvery(0)
        .evaluatePuzzles(20)
        .checkpointEvery(0);
  }
}
