package org.trm4j.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.error.TrmException;

/**
 * Models as beans: created from properties, yielding to the application's own, closed at the end;
 * and the messages.
 */
class TrmAutoConfigurationTest {
  private static final String PUZZLE = "3.1.4..2.......1";
  private static final String SOLUTION = "3214413214232341";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(TrmAutoConfiguration.class, TrmHealthAutoConfiguration.class));

  @TempDir private Path folder;

  @Test
  void makesNothingUnlessAsked() {
    runner.run(context -> {
      assertThat(context).hasNotFailed().doesNotHaveBean(TrmModel.class);
      assertThat(context).doesNotHaveBean(Backend.class);
    });
  }

  @Test
  void solvesWithTheModelOfTheProperty() {
    runner
        .withPropertyValues("trm.model=sudoku-4", "trm.threads=1")
        .run(context -> {
          assertThat(context).hasSingleBean(TrmModel.class);
          assertThat(context.getBean(TrmModel.class).solve(PUZZLE).text()).isEqualTo(SOLUTION);
          assertThat(context.getBean(Backend.class).parallelism()).isEqualTo(1);
        });
  }

  @Test
  void readsFilesFoldersAndResources() {
    Path file = folder.resolve("model.safetensors");
    ModelFiles.write(file, Trm.standard().model("sudoku-4").read());
    String resource = "classpath:META-INF/trm/models/sudoku-4/model.safetensors";
    for (String location : new String[] {file.toString(), folder.toString(), resource}) {
      runner
          .withPropertyValues("trm.model=" + location)
          .run(context ->
              assertThat(context.getBean(TrmModel.class).solve(PUZZLE).text())
                  .as(location)
                  .isEqualTo(SOLUTION));
    }
  }

  @Test
  void givesNamedModelsOnOneBackend() {
    runner
        .withPropertyValues(
            "trm.model=sudoku-4",
            "trm.models.second=sudoku-4",
            "trm.models.third=sudoku-4",
            "trm.backend=cpu-scalar")
        .withUserConfiguration(Injected.class)
        .run(context -> {
          assertThat(context).hasSingleBean(Backend.class);
          assertThat(context.getBeansOfType(TrmModel.class))
              .containsOnlyKeys("trmModel", "second", "third");
          TrmModel[] injected = context.getBean("injected", TrmModel[].class);
          assertThat(injected[0]).isSameAs(context.getBean("trmModel"));
          assertThat(injected[1]).isSameAs(context.getBean("second"));
        });
  }

  @Configuration(proxyBeanMethods = false)
  static class Injected {
    @Bean
    TrmModel[] injected(TrmModel primary, @Qualifier("second") TrmModel second) {
      return new TrmModel[] {primary, second};
    }
  }

  @Test
  void standsBackForTheApplicationsOwnModel() {
    runner
        .withPropertyValues("trm.model=no-such-model")
        .withUserConfiguration(OwnModel.class)
        .run(context -> {
          assertThat(context).hasNotFailed().hasSingleBean(TrmModel.class).hasBean("own");
          assertThat(context).hasSingleBean(TrmHealthIndicator.class);
        });
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnModel {
    @Bean
    TrmModel own() {
      return TrmModel.pretrained("sudoku-4");
    }
  }

  @Test
  void closesModelsThenTheBackend() {
    TrmModel[] kept = new TrmModel[1];
    runner
        .withPropertyValues("trm.models.four=sudoku-4")
        .run(context -> kept[0] = context.getBean("four", TrmModel.class));
    assertThat(catchThrowable(() -> kept[0].solve(PUZZLE)))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void isUpUntilAModelIsClosed() {
    runner
        .withPropertyValues("trm.model=sudoku-4")
        .run(context -> {
          TrmHealthIndicator indicator = context.getBean(TrmHealthIndicator.class);
          Health up = Objects.requireNonNull(indicator.health());
          assertThat(up.getStatus()).isEqualTo(Status.UP);
          assertThat(up.getDetails())
              .containsEntry("trmModel", context.getBean(TrmModel.class).device());
          context.getBean(TrmModel.class).close();
          Health down = Objects.requireNonNull(indicator.health());
          assertThat(down.getStatus()).isEqualTo(Status.DOWN);
          assertThat(String.valueOf(down.getDetails().get("trmModel"))).contains("closed");
        });
  }

  @Test
  void measuresSolvesWhereThereIsARegistry() {
    runner
        .withConfiguration(AutoConfigurations.of(TrmMetricsAutoConfiguration.class))
        .withBean(SimpleMeterRegistry.class)
        .withPropertyValues("trm.model=sudoku-4", "trm.models.second=sudoku-4")
        .run(context -> {
          context.getBean("second", TrmModel.class).solve(PUZZLE);
          assertThat(
                  context
                      .getBean(SimpleMeterRegistry.class)
                      .get("trm.solve.steps")
                      .tag("model", "second")
                      .summary()
                      .count())
              .isEqualTo(1);
        });
    runner
        .withConfiguration(AutoConfigurations.of(TrmMetricsAutoConfiguration.class))
        .withClassLoader(new FilteredClassLoader("io.micrometer.core", "org.trm4j.micrometer"))
        .withPropertyValues("trm.model=sudoku-4")
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(TrmModel.class));
  }

  @Test
  void needsNoActuator() {
    runner
        .withPropertyValues("trm.model=sudoku-4")
        .withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(TrmModel.class));
  }

  @Test
  void canLeaveHealthOut() {
    runner
        .withPropertyValues("trm.model=sudoku-4", "management.health.trm.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(TrmHealthIndicator.class));
  }

  @Test
  void saysWhatIsWrongWithALocation() {
    runner
        .withPropertyValues("trm.model=sudoku-5")
        .run(context -> {
          FailureAnalysis analysis = new TrmFailureAnalyzer().analyze(context.getStartupFailure());
          assertThat(Objects.requireNonNull(analysis).getDescription())
              .startsWith("trm.model: 'sudoku-5' is no file or folder")
              .endsWith("there: sudoku-4");
          assertThat(analysis.getAction()).contains("trm.models");
        });
    runner
        .withPropertyValues("trm.models.x=classpath:missing.safetensors")
        .run(context ->
            assertThat(context.getStartupFailure())
                .rootCause()
                .isInstanceOf(TrmException.class)
                .hasMessageContaining("trm.models.x: 'classpath:missing.safetensors'"));
    runner
        .withPropertyValues("trm.model=sudoku-4", "trm.backend=gpu")
        .run(context ->
            assertThat(
                    Objects.requireNonNull(
                            new TrmFailureAnalyzer().analyze(context.getStartupFailure()))
                        .getDescription())
                .contains("gpu")
                .contains("cpu-vector"));
  }

  @Test
  void saysWhichPropertyIsMissing() {
    runner
        .withUserConfiguration(Injected.class)
        .run(context -> {
          FailureAnalysis analysis =
              new MissingModelAnalyzer().analyze(context.getStartupFailure());
          assertThat(Objects.requireNonNull(analysis).getDescription())
              .contains("neither trm.model nor trm.models is set");
          assertThat(analysis.getAction()).contains("sudoku-4");
        });
  }
}
