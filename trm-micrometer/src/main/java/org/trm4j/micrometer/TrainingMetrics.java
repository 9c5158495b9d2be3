package org.trm4j.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingProgress;

/**
 * Measures a training run: {@code trm.training.steps} counts training steps; {@code
 * trm.training.loss} and {@code trm.training.puzzles.rate} (puzzles a second) are the means of the
 * last report, and not a number before the first. All have the tag {@code run}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class TrainingMetrics implements TrainingListener {
  private static final String PREFIX = "trm.training";

  private final Counter steps;
  private volatile @Nullable TrainingProgress last;

  /**
   * Registers the metrics.
   *
   * @param run value of the tag {@code run}
   */
  public TrainingMetrics(String run, MeterRegistry meters) {
    this.steps = meters.counter(PREFIX + ".steps", "run", run);
    gauge(meters, run, "loss", TrainingProgress::loss);
    gauge(meters, run, "puzzles.rate", TrainingProgress::puzzlesPerSecond);
  }

  private void gauge(
      MeterRegistry meters, String run, String name, ToDoubleFunction<TrainingProgress> value) {
    Gauge.builder(PREFIX + "." + name, this, self -> self.value(value))
        .strongReference(true)
        .tag("run", run)
        .register(meters);
  }

  private double value(ToDoubleFunction<TrainingProgress> value) {
    TrainingProgress progress = last;
    return progress == null ? Double.NaN : value.applyAsDouble(progress);
  }

  @Override
  public void stepped(long step) {
    steps.increment();
  }

  @Override
  public void progressed(TrainingProgress progress) {
    last = progress;
  }
}
