package org.trm4j.micrometer;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Answer;
import org.trm4j.SolveObserver;

/**
 * Measures the solves of a model. Every call is an {@link Observation} named {@code trm.solve},
 * which makes its time a metric and, where the host traces, a span.
 *
 * <pre>{@code
 * TrmModel.pretrained("sudoku-9",
 *     OpenOptions.DEFAULT.withObserver(new SolveMetrics("sudoku-9", meters, observations)));
 * }</pre>
 *
 * <table>
 *   <caption>Metrics; all have the tag {@code model}</caption>
 *   <tr><th>name</th><th>kind</th><th>of</th></tr>
 *   <tr><td>{@code trm.solve}</td><td>observation</td><td>calls; tags {@code kind} (one, many), {@code ending} (done, failed)</td></tr>
 *   <tr><td>{@code trm.solve.wait}</td><td>timer</td><td>time until a call has a session</td></tr>
 *   <tr><td>{@code trm.solve.waiting}</td><td>gauge</td><td>calls that wait for a session</td></tr>
 *   <tr><td>{@code trm.solve.steps}</td><td>summary</td><td>supervision steps of each puzzle, all attempts together; tag {@code verification}</td></tr>
 * </table>
 *
 * <p>The count of {@code trm.solve.steps} is that of puzzles; by its tag {@code verification} it
 * says how many are verified.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class SolveMetrics implements SolveObserver {
  private static final String PREFIX = "trm.solve";
  private static final String MODEL = "model";

  private final String model;
  private final MeterRegistry meters;
  private final ObservationRegistry observations;
  private final Timer wait;
  private final AtomicInteger waiting;

  /**
   * Registers the metrics.
   *
   * @param model value of the tag {@code model}
   * @param meters where steps, puzzles and waiting are counted
   * @param observations where calls are observed; without a handler that makes meters of them,
   *     {@code trm.solve} itself is not a metric
   */
  public SolveMetrics(String model, MeterRegistry meters, ObservationRegistry observations) {
    this.model = model;
    this.meters = meters;
    this.observations = observations;
    this.wait = meters.timer(PREFIX + ".wait", MODEL, model);
    AtomicInteger count = new AtomicInteger();
    Gauge.builder(PREFIX + ".waiting", count, AtomicInteger::get)
        .strongReference(true)
        .tag(MODEL, model)
        .register(meters);
    this.waiting = count;
  }

  @Override
  public Call began(boolean many) {
    Observation observation =
        Observation.createNotStarted(PREFIX, observations)
            .lowCardinalityKeyValue(MODEL, model)
            .lowCardinalityKeyValue("kind", many ? "many" : "one")
            .start();
    waiting.incrementAndGet();
    return new Observed(observation, Timer.start(meters));
  }

  private void count(Answer answer) {
    DistributionSummary.builder(PREFIX + ".steps")
        .tag(MODEL, model)
        .tag("verification", answer.verification().outcome().name().toLowerCase(Locale.ROOT))
        .register(meters)
        .record(answer.totalSteps());
  }

  private final class Observed implements Call {
    private final Observation observation;
    private final Timer.Sample waited;
    private boolean placed;

    Observed(Observation observation, Timer.Sample waited) {
      this.observation = observation;
      this.waited = waited;
    }

    @Override
    public void placed() {
      placed = true;
      waiting.decrementAndGet();
      waited.stop(wait);
    }

    @Override
    public void answered(Answer answer) {
      count(answer);
    }

    @Override
    public void ended(@Nullable Throwable failure) {
      if (!placed) {
        waiting.decrementAndGet();
      }
      observation.lowCardinalityKeyValue("ending", failure == null ? "done" : "failed");
      if (failure != null) {
        observation.error(failure);
      }
      observation.stop();
    }
  }
}
