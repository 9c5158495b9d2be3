package org.trm4j.spark.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.task.ParameterLayout;

/**
 * Data-parallel training, exactly: in every step each shard computes the gradient of its slots,
 * {@code treeAggregate} sums them, and the driver updates and broadcasts the parameters. The sums
 * are those of one process, in another order.
 */
final class ExactSession extends ShardedSession implements Shards.Source {
  private final Flat flat;
  private final TrainingSession own;
  private final Shards shards;
  private float[] gradient = new float[0];
  private float[] rowGradients = new float[0];
  private int[] updatedRows = new int[0];
  private UpdateRule lastRule = new UpdateRule(1, 0, 0, 0, 0, 0, 0, 0);
  private boolean changed;

  /**
   * Creates the session.
   *
   * @param own the driver's session of one slot, which holds parameters, moments and averages
   */
  ExactSession(
      SparkContext context, Shards.Setting setting, Plan plan, TrainingSession own, int batch) {
    this.flat = new Flat(plan);
    this.own = own;
    this.shards = new Shards(context, setting, plan, batch, this);
  }

  @Override
  Shards shards() {
    return shards;
  }

  @Override
  public SequenceMetrics[] step(boolean[] lastStep, float gradientScale) {
    StepSum sum = shards.step(StepOrder.Kind.STEP, lastStep, gradientScale, null);
    gradient = sum.gradient;
    int width = flat.puzzleWidth();
    rowGradients = new float[slots() * width];
    for (ShardResult result : sum.results) {
      System.arraycopy(
          result.rowGradients,
          0,
          rowGradients,
          shards.first(result.shard) * width,
          result.rowGradients.length);
    }
    changed = false;
    updatedRows = new int[0];
    return shards.metrics(sum);
  }

  @Override
  public @Nullable Weights changed() {
    return changed
        ? new Weights(
            flat.of(own.parameters()),
            updatedRows,
            rowGradients,
            lastRule,
            new float[0],
            new float[0])
        : null;
  }

  @Override
  public Weights complete() {
    ParameterSet now = own.parametersInPlace();
    return new Weights(
        flat.of(now), new int[0], new float[0], lastRule, flat.puzzles(now), flat.constants(now));
  }

  @Override
  public void update(UpdateRule rule) {
    int[] identifiers = flat.puzzleWidth() == 0 ? new int[0] : shards.identifiers();
    own.assignGradients(gradients(), identifiers);
    own.update(rule);
    updatedRows = identifiers;
    lastRule = rule;
    changed = true;
  }

  @Override
  public void assign(ParameterSet trained) {
    own.assign(trained);
    changed = true;
  }

  @Override
  public ParameterSet parameters() {
    return own.parameters();
  }

  @Override
  public ParameterSet parametersInPlace() {
    return own.parametersInPlace();
  }

  @Override
  public ParameterSet averages() {
    return own.averages();
  }

  @Override
  public ParameterSet gradients() {
    if (gradient.length == 0) {
      throw new BackendException(Shards.NAME + ": no gradients before the first step");
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>(flat.tensors("", gradient));
    if (flat.puzzleWidth() > 0) {
      tensors.put(
          ParameterLayout.PUZZLE_EMBEDDING,
          Tensor.of(Shape.of(slots(), flat.puzzleWidth()), rowGradients));
    }
    return new ParameterSet(tensors);
  }

  @Override
  public ParameterSet optimizerState() {
    return own.optimizerState();
  }

  @Override
  public void restoreOptimizerState(ParameterSet state) {
    own.restoreOptimizerState(state);
  }

  @Override
  public void close() {
    shards.close();
    own.close();
  }
}
