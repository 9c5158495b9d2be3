package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trm4j.training.run.SmallRuns.config;
import static org.trm4j.training.run.SmallRuns.resume;
import static org.trm4j.training.run.SmallRuns.step;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.metrics.TrainingResult;

/** An evaluation may take as long as an hour of training; nobody waits for its end. */
class StoppedEvaluationTest {
  @TempDir Path folder;

  /** Asked for while the first puzzle of the evaluation is read. */
  @Test
  void aStopInTheMiddleOfAnEvaluationEndsIt() throws Exception {
    Path run = folder.resolve("run");
    AtomicReference<Trainer> trainer = new AtomicReference<>();
    AtomicInteger read = new AtomicInteger();
    TrainingConfig config = config("run.evaluateEvery=2", "run.steps=6");
    TrainingResult result =
        SmallRuns.with(
            config,
            (factory, dataset, backend) -> {
              Dataset stopping = stopsAt(dataset, trainer, read);
              trainer.set(factory.start(config, stopping, backend, run));
              return trainer.get();
            });
    assertThat(read.get()).isPositive();
    assertThat(result.stopped()).isTrue();
    assertThat(result.step()).isEqualTo(2);
    assertThat(step(run)).isEqualTo("2");
    assertThat(evaluations(run)).isZero();
    // What it was in the middle of is done anew.
    resume(run);
    assertThat(evaluations(run)).isEqualTo(3);
  }

  private static Dataset stopsAt(
      Dataset dataset, AtomicReference<Trainer> trainer, AtomicInteger read) {
    return proxy(
        Dataset.class,
        dataset,
        (method, result) ->
            method.equals("split") && result instanceof ExampleSource source
                ? proxy(
                    ExampleSource.class,
                    source,
                    (inner, example) -> {
                      if (inner.equals("get") && trainer.get() != null) {
                        read.incrementAndGet();
                        trainer.get().requestStop();
                      }
                      return example;
                    })
                : result);
  }

  private static <T> T proxy(Class<T> type, T real, BinaryOperator<Object> after) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                after.apply(method.getName(), method.invoke(real, arguments))));
  }

  private static long evaluations(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .filter(line -> line.contains("\"event\":\"evaluation\""))
        .count();
  }
}
