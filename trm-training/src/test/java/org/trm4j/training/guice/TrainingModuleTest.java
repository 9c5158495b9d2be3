package org.trm4j.training.guice;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.metrics.TrainingResult;
import org.trm4j.training.run.Recorder;
import org.trm4j.training.run.TrainerFactory;

class TrainingModuleTest {
  @TempDir Path folder;

  @Test
  void aHostInstallsTheModuleAndItsListenersHear() {
    Recorder recorder = new Recorder();
    Injector host =
        Guice.createInjector(
            binder -> binder.install(new TrainingModule()),
            binder -> TrainingModule.listeners(binder).addBinding().toInstance(recorder));
    TrainingConfig config =
        SettingsText.with(
            TrainingConfigs.recipe("demo"),
            List.of(
                "hiddenSize=8",
                "numHeads=1",
                "puzzleEmbDim=8",
                "data.options.train=9",
                "data.options.test=5",
                "run.steps=1",
                "run.batch=1",
                "halting.maxSteps=1"));
    try (Dataset dataset = config.data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      TrainerFactory factory = host.getInstance(TrainerFactory.class);
      assertThat(host.getInstance(TrainerFactory.class)).isSameAs(factory);
      TrainingResult result = factory.start(config, dataset, backend, folder).run();
      assertThat(result.step()).isEqualTo(1);
      assertThat(result.stopped()).isFalse();
    }
    assertThat(recorder.saves).containsExactly(1L);
    assertThat(recorder.evaluations).hasSize(1);
  }

  @Test
  void worksWithoutListeners() {
    assertThat(Guice.createInjector(new TrainingModule()).getInstance(TrainerFactory.class))
        .isNotNull();
  }
}
