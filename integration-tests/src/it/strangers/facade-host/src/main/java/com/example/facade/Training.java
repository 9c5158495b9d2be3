package com.example.facade;

import java.util.Set;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.run.Trainer;
import org.trm4j.training.run.TrainerFactory;

/** Trains in memory, as the README shows, with a listener that ends the run after two steps. */
public final class Training {
  private Training() {}

  public static void main(String[] arguments) {
    TrainingListener listener = new TwoSteps();
    TrainingConfig config =
        TrainingConfigs.recipe("demo").toBuilder()
            .steps(1500)
            .evaluateEvery(250)
            .patience(3)
            .keepBest(true)
            .build();
    try (Dataset dataset = config.data().open();
        Backend backend = Trm.standard().backend("auto", 0)) {
      Trainer trainer =
          new TrainerFactory(Set.of(listener))
              .startInMemory(config, dataset, backend); // a TrainingListener may end the run
      trainer.run();
      TrmModel trained = TrmModel.open(trainer.bestModel().orElse(trainer.model()), backend);
      System.out.println("solved " + trained.solve("3.1.4..2.......1").text().length());
      trained.close();
    }
  }

  private static final class TwoSteps implements TrainingListener {
    private long steps;

    @Override
    public void stepped(long step) {
      steps = step;
      System.out.println("step " + step);
    }

    @Override
    public boolean stops() {
      return steps >= 2;
    }
  }
}
